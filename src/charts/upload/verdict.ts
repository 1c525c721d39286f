import type { ChartProblem } from '../../../chart/problem.ts'
import type { Present } from '../../api/uploads.ts'
import type { ChartCandidate } from './arrange-files.ts'
import { confirmationKey } from './chosen-files.ts'

/**
 * What is known of the registry's side of a file: `present` is null when nothing is there under its name and version.
 * Without a namespace nothing was asked. In an `immutable` one nothing that is there is replaced.
 */
export type Presence =
  | { state: 'unasked' }
  | { state: 'checking' }
  | { state: 'failed'; message: string }
  | { state: 'known'; present: Present | null; immutable?: boolean }

/** What sending a chosen chart would do, or why it is not sent. */
export type Verdict =
  | { kind: 'reading' }
  | { kind: 'refused'; problem: ChartProblem }
  | { kind: 'too-large'; limit: number }
  | { kind: 'unreadable' }
  | { kind: 'provenance-refused'; problem: ChartProblem }
  | { kind: 'repeated' }
  | { kind: 'undecided' }
  | { kind: 'passed-over' }
  | { kind: 'unasked' }
  | { kind: 'checking' }
  | { kind: 'unchecked'; message: string }
  | { kind: 'new' }
  | { kind: 'unchanged' }
  | { kind: 'adds-provenance'; present: Present }
  | { kind: 'replaces-provenance'; present: Present }
  | { kind: 'immutable'; present: Present }
  | { kind: 'replaces'; present: Present; losesProvenance: boolean }

/** The verdict on one chart. What is wrong with the file itself comes before what is at the registry. */
export function verdictOf({ reading, provenance, standing }: ChartCandidate, presence: Presence): Verdict {
  if (reading.state === 'reading') return { kind: 'reading' }
  if (reading.state === 'unreadable') return { kind: 'unreadable' }
  if (reading.state === 'refused') return { kind: 'refused', problem: reading.problem }
  if (reading.state === 'too-large') return { kind: 'too-large', limit: reading.limit }
  if (standing === 'repeated' || standing === 'undecided' || standing === 'passed-over') return { kind: standing }
  if (provenance?.problem) return { kind: 'provenance-refused', problem: provenance.problem }

  if (presence.state === 'unasked') return { kind: 'unasked' }
  if (presence.state === 'checking') return { kind: 'checking' }
  if (presence.state === 'failed') return { kind: 'unchecked', message: presence.message }
  const { present, immutable } = presence
  if (!present) return { kind: 'new' }
  if (present.digest !== reading.sha256) {
    if (immutable) return { kind: 'immutable', present }
    return { kind: 'replaces', present, losesProvenance: present.provenanceDigest !== null && !provenance }
  }
  if (!provenance || provenance.sha256 === present.provenanceDigest) return { kind: 'unchanged' }
  if (present.provenanceDigest === null) return { kind: 'adds-provenance', present }
  return { kind: immutable ? 'immutable' : 'replaces-provenance', present }
}

/** The key under which this replacement must be agreed to, or null where nothing is replaced. */
export function neededConfirmation(candidate: ChartCandidate, verdict: Verdict): string | null {
  if (verdict.kind === 'replaces') return confirmationKey(candidate.id, verdict.present.digest)
  if (verdict.kind === 'replaces-provenance') {
    return confirmationKey(candidate.id, `${verdict.present.digest} ${verdict.present.provenanceDigest}`)
  }
  return null
}

/** Whether the chart goes out when the button is pressed now. */
export function isSendable(candidate: ChartCandidate, verdict: Verdict, confirmed: ReadonlySet<string>): boolean {
  const key = neededConfirmation(candidate, verdict)
  if (key !== null) return confirmed.has(key)
  return verdict.kind === 'new' || verdict.kind === 'adds-provenance'
}
