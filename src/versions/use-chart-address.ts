import { useLocation } from 'react-router'
import type { ChartAddress } from '../paths.ts'

/**
 * Returns the chart of the current route. Not through useParams: react-router decodes a `%2F` that remains after
 * decoding to a slash, but `a%2Fb` is a valid chart name.
 */
export function useChartAddress(): ChartAddress {
  const { pathname } = useLocation()
  const [, instanceId, namespace, chart] =
    pathname.match(/^\/instances\/([^/]+)\/namespaces\/([^/]+)\/charts\/([^/]+)/)?.map(decoded) ?? []
  if (!instanceId || !namespace || !chart)
    throw new Error('useChartAddress() was called outside the routes of a chart.')
  return { instanceId, namespace, chart }
}

/** Returns the segment as it is if it has an invalid escape sequence, as in a mistyped URL. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
