import { useQuery } from '@tanstack/react-query'
import { previewKey, uploadQueries } from '../../api/uploads.ts'
import type { ChartCandidate } from './arrange-files.ts'
import { previewedFile } from './upload-job.ts'
import { type Presence, type Verdict, verdictOf } from './verdict.ts'

/** The verdict on each candidate, by its ID. One request asks about all files, once the last one is read. */
export function useVerdicts(
  instanceId: string,
  namespace: string | undefined,
  charts: readonly ChartCandidate[],
): { verdicts: ReadonlyMap<string, Verdict>; recheck: () => void } {
  const isReading = charts.some(({ reading }) => reading.state === 'reading')
  const files = namespace === undefined || isReading ? [] : charts.flatMap((chart) => previewedFile(chart) ?? [])
  const query = useQuery(uploadQueries.preview({ instanceId, namespace: namespace ?? '' }, files))

  const presenceOf = (chart: ChartCandidate): Presence => {
    const file = previewedFile(chart)
    if (namespace === undefined || !file) return { state: 'unasked' }
    const preview = query.data?.get(previewKey(file))
    if (preview) return { state: 'known', preview }
    return query.error ? { state: 'failed', message: query.error.message } : { state: 'checking' }
  }

  return {
    verdicts: new Map(charts.map((chart) => [chart.id, verdictOf(chart, presenceOf(chart))])),
    recheck: () => void query.refetch(),
  }
}
