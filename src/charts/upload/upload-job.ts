import type { PreviewedFile } from '../../../contract/console/upload-preview.ts'
import type { ChartCandidate } from './arrange-files.ts'
import type { UploadJob } from './upload-queue.ts'
import type { Verdict } from './verdict.ts'

/** Display name of a chosen chart: name and version, or the file's name if they are unknown. */
export function candidateName({ reading, file }: Pick<ChartCandidate, 'reading' | 'file'>): string {
  return reading.state === 'chart' ? `${reading.metadata.name} ${reading.metadata.version}` : file.name
}

/** Request for the preview of a chosen chart; null while its file name is unknown. */
export function previewedFile({ reading, provenance }: ChartCandidate): PreviewedFile | null {
  if (reading.state !== 'chart' && reading.state !== 'unopened') return null
  const { fileName, sha256 } = reading
  return { fileName, sha256, provenanceSha256: provenance?.sha256 ?? null, chart: chartOf(reading) }
}

function chartOf(reading: ChartCandidate['reading']): PreviewedFile['chart'] {
  if (reading.state !== 'chart') return null
  const { name, version } = reading.metadata
  return { name, version }
}

/**
 * Creates the upload for a verdict, or returns null if there is nothing to upload. Its precondition is the state of the
 * registry that the user saw: no such version, or one with this digest.
 */
export function uploadJob(candidate: ChartCandidate, verdict: Verdict, namespace: string): UploadJob | null {
  const { id, file, reading, provenance } = candidate
  if (reading.state !== 'chart' && reading.state !== 'unopened') return null
  const job = {
    id,
    name: candidateName(candidate),
    namespace,
    fileName: reading.fileName,
    sha256: reading.sha256,
    chart: chartOf(reading),
    archive: file,
    provenance: provenance?.file ?? null,
  }
  switch (verdict.kind) {
    case 'new':
      return { ...job, precondition: { ifNoneMatch: true }, outcome: 'created' }
    case 'replaces':
      return { ...job, precondition: { ifMatch: verdict.present.digest }, outcome: 'replaced' }
    case 'restores':
      return { ...job, precondition: { ifMatch: verdict.present.digest }, outcome: 'restored' }
    case 'adds-provenance':
    case 'replaces-provenance':
      return { ...job, precondition: { ifMatch: verdict.present.digest }, outcome: 'provenance-added' }
    default:
      return null
  }
}
