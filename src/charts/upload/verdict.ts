import type { ChartProblem } from '../../../chart/problem.ts'
import type { PresentVersion, UploadPreview } from '../../../contract/console/upload-preview.ts'
import type { ChartCandidate } from './arrange-files.ts'
import { confirmationKey } from './chosen-files.ts'

/** What the registry says about a file; without a namespace it is not asked. */
export type Presence =
  | { state: 'unasked' }
  | { state: 'checking' }
  | { state: 'failed'; message: string }
  | { state: 'known'; preview: Pick<UploadPreview, 'present' | 'effect'> }

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
  | { kind: 'restores'; present: PresentVersion }
  | { kind: 'adds-provenance'; present: PresentVersion }
  | { kind: 'replaces-provenance'; present: PresentVersion }
  | { kind: 'immutable' | 'clash' | 'quota'; message: string }
  | { kind: 'replaces'; present: PresentVersion; losesProvenance: boolean }

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
  return verdictOnEffect(presence.preview, provenance !== null)
}

function verdictOnEffect({ present, effect }: Pick<UploadPreview, 'present' | 'effect'>, isSigned: boolean): Verdict {
  if (effect.kind === 'refused') return { kind: effect.reason, message: effect.message }
  if (effect.kind === 'unchanged') return { kind: 'unchanged' }
  // Deleted between the two looks of the registry: the upload is sent as new, and a race is found by its precondition.
  if (effect.kind === 'created' || !present) return { kind: 'new' }
  switch (effect.kind) {
    case 'restored':
      return { kind: 'restores', present }
    case 'replaced':
      return { kind: 'replaces', present, losesProvenance: present.provenanceDigest !== null && !isSigned }
    case 'provenance-added':
      return { kind: present.provenanceDigest === null ? 'adds-provenance' : 'replaces-provenance', present }
  }
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
  return verdict.kind === 'new' || verdict.kind === 'adds-provenance' || verdict.kind === 'restores'
}
