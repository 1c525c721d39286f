import type { ChartProblem } from '../../../chart/problem.ts'
import type { PresentVersion, UploadPreview } from '../../../contract/console/upload-preview.ts'
import type { ChartCandidate } from './arrange-files.ts'
import { confirmationKey } from './chosen-files.ts'

/** State of the request for a file's preview; `idle` while no namespace is chosen. */
export type PreviewState =
  | { state: 'idle' }
  | { state: 'loading' }
  | { state: 'failed'; message: string }
  | { state: 'loaded'; preview: Pick<UploadPreview, 'present' | 'effect'> }

/** Effect that uploading a chosen chart would have, or the reason why it is not uploaded. */
export type Verdict =
  | { kind: 'reading' }
  | { kind: 'refused'; problem: ChartProblem }
  | { kind: 'too-large'; limit: number }
  | { kind: 'unreadable' }
  | { kind: 'provenance-refused'; problem: ChartProblem }
  | { kind: 'duplicate' }
  | { kind: 'undecided' }
  | { kind: 'not-chosen' }
  | { kind: 'no-namespace' }
  | { kind: 'checking' }
  | { kind: 'check-failed'; message: string }
  | { kind: 'new' }
  | { kind: 'unchanged' }
  | { kind: 'restores'; present: PresentVersion }
  | { kind: 'adds-provenance'; present: PresentVersion }
  | { kind: 'replaces-provenance'; present: PresentVersion }
  | { kind: 'immutable' | 'clash' | 'quota'; message: string }
  | { kind: 'replaces'; present: PresentVersion; losesProvenance: boolean }

/** Returns the verdict on a chart. Problems with the file itself take precedence over the state of the registry. */
export function verdictOf(
  { reading, provenance, duplicateStatus }: ChartCandidate,
  previewState: PreviewState,
): Verdict {
  if (reading.state === 'reading') return { kind: 'reading' }
  if (reading.state === 'unreadable') return { kind: 'unreadable' }
  if (reading.state === 'refused') return { kind: 'refused', problem: reading.problem }
  if (reading.state === 'too-large') return { kind: 'too-large', limit: reading.limit }
  if (duplicateStatus === 'duplicate' || duplicateStatus === 'undecided' || duplicateStatus === 'not-chosen')
    return { kind: duplicateStatus }
  if (provenance?.problem) return { kind: 'provenance-refused', problem: provenance.problem }

  if (previewState.state === 'idle') return { kind: 'no-namespace' }
  if (previewState.state === 'loading') return { kind: 'checking' }
  if (previewState.state === 'failed') return { kind: 'check-failed', message: previewState.message }
  return verdictOnEffect(previewState.preview, provenance !== null)
}

function verdictOnEffect({ present, effect }: Pick<UploadPreview, 'present' | 'effect'>, isSigned: boolean): Verdict {
  if (effect.kind === 'refused') return { kind: effect.reason, message: effect.message }
  if (effect.kind === 'unchanged') return { kind: 'unchanged' }
  // Deleted while the preview was computed: the chart is uploaded as new, and its precondition detects a conflict.
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

/** Returns the key of the confirmation that the upload needs, or null if it replaces nothing. */
export function neededConfirmation(candidate: ChartCandidate, verdict: Verdict): string | null {
  if (verdict.kind === 'replaces') return confirmationKey(candidate.id, verdict.present.digest)
  if (verdict.kind === 'replaces-provenance') {
    return confirmationKey(candidate.id, `${verdict.present.digest} ${verdict.present.provenanceDigest}`)
  }
  return null
}

/** Whether the chart would be uploaded now: nothing is wrong with it, and a replacement is confirmed. */
export function isSendable(candidate: ChartCandidate, verdict: Verdict, confirmed: ReadonlySet<string>): boolean {
  const key = neededConfirmation(candidate, verdict)
  if (key !== null) return confirmed.has(key)
  return verdict.kind === 'new' || verdict.kind === 'adds-provenance' || verdict.kind === 'restores'
}
