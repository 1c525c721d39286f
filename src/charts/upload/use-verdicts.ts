import { useQuery } from '@tanstack/react-query'
import { previewKey, uploadQueries } from '../../api/uploads.ts'
import type { ChartCandidate } from './arrange-files.ts'
import { previewedFile } from './upload-job.ts'
import { type PreviewState, type Verdict, verdictOf } from './verdict.ts'

/** Returns the verdict on each chart, by ID. One request previews all files, once the last one has been read. */
export function useVerdicts(
  instanceId: string,
  namespace: string | undefined,
  charts: readonly ChartCandidate[],
): { verdicts: ReadonlyMap<string, Verdict>; recheck: () => void } {
  const isReading = charts.some(({ reading }) => reading.state === 'reading')
  const files = namespace === undefined || isReading ? [] : charts.flatMap((chart) => previewedFile(chart) ?? [])
  const query = useQuery(uploadQueries.preview({ instanceId, namespace: namespace ?? '' }, files))

  const previewStateOf = (chart: ChartCandidate): PreviewState => {
    const file = previewedFile(chart)
    if (namespace === undefined || !file) return { state: 'idle' }
    const preview = query.data?.get(previewKey(file))
    if (preview) return { state: 'loaded', preview }
    return query.error ? { state: 'failed', message: query.error.message } : { state: 'loading' }
  }

  return {
    verdicts: new Map(charts.map((chart) => [chart.id, verdictOf(chart, previewStateOf(chart))])),
    recheck: () => void query.refetch(),
  }
}
