import { useLocation } from 'react-router'
import type { ChartAddress } from '../paths.ts'

/**
 * The chart that the page is of. Not by useParams: react-router takes a `%2F` that is left after decoding for a slash,
 * but a chart may be called `a%2Fb`.
 */
export function useChartAddress(): ChartAddress {
  const { pathname } = useLocation()
  const [, instanceId, namespace, chart] =
    pathname.match(/^\/instances\/([^/]+)\/namespaces\/([^/]+)\/charts\/([^/]+)/)?.map(decoded) ?? []
  if (!instanceId || !namespace || !chart) throw new Error('This page stands outside the routes of a chart.')
  return { instanceId, namespace, chart }
}

/** An address that was mistyped may hold a `%` that stands for nothing: then it is that. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
