import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { errorWithStatus } from '../api/api-error.ts'
import { LoadError } from './LoadError.tsx'
import { Loading } from './Loading.tsx'
import { NothingHere } from './NotFound.tsx'

/**
 * Renders a query: its data if any, else its error, else a skeleton, which `fallback` replaces. A failed refetch never
 * blanks the page. Render the page's heading outside of it.
 */
export function QueryState<Data>({
  query,
  fallback,
  children,
}: {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  fallback?: ReactNode
  children: (data: Data) => ReactNode
}): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (errorWithStatus(query.error, 404)) return <NothingHere />
  if (query.error) return <LoadError error={query.error} onRetry={() => void query.refetch()} />
  return <>{fallback ?? <Loading />}</>
}
