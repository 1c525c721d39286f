import { useParams } from 'react-router'
import type { ChartAddress } from '../paths.ts'

/** The chart that the page is of. */
export function useChartAddress(): ChartAddress {
  const { instanceId, namespace, chart } = useParams()
  if (!instanceId || !namespace || !chart) throw new Error('This page stands outside the routes of a chart.')
  return { instanceId, namespace, chart }
}
