import { useQueries, useQuery } from '@tanstack/react-query'
import { namespaceQueries } from '../../api/namespaces.ts'
import { uploadQueries } from '../../api/uploads.ts'
import type { ChartCandidate } from './arrange-files.ts'
import { type Presence, type Verdict, verdictOf } from './verdict.ts'

/** The verdict on each candidate, by its id. The registry is asked for each file name once. */
export function useVerdicts(
  instanceId: string,
  namespace: string | undefined,
  charts: readonly ChartCandidate[],
): { verdicts: ReadonlyMap<string, Verdict>; recheck: (fileName: string) => void } {
  const fileNames = [...new Set(charts.flatMap(fileNameOf))]
  const queries = useQueries({
    queries: fileNames.map((fileName) => ({
      ...uploadQueries.present({ instanceId, namespace: namespace ?? '' }, fileName),
      enabled: namespace !== undefined,
    })),
  })

  const policy = useQuery({
    ...namespaceQueries.policy(instanceId, namespace ?? ''),
    enabled: namespace !== undefined && charts.length > 0,
  })

  const presenceOf = (chart: ChartCandidate): Presence => {
    const query = queries[fileNames.indexOf(fileNameOf(chart)[0] ?? '')]
    if (namespace === undefined || !query) return { state: 'unasked' }
    if (query.data !== undefined) {
      if (query.data !== null && policy.isPending) return { state: 'checking' }
      // Without an answer it is found out when the chart is sent.
      return { state: 'known', present: query.data, immutable: policy.data?.immutable ?? false }
    }
    return query.error ? { state: 'failed', message: query.error.message } : { state: 'checking' }
  }

  return {
    verdicts: new Map(charts.map((chart) => [chart.id, verdictOf(chart, presenceOf(chart))])),
    recheck: (fileName) => void queries[fileNames.indexOf(fileName)]?.refetch(),
  }
}

function fileNameOf({ reading }: ChartCandidate): string[] {
  return reading.state === 'chart' || reading.state === 'sealed' ? [reading.fileName] : []
}
