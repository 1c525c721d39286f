import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import { LoadError } from './LoadError.tsx'
import { Loading } from './Loading.tsx'
import { NothingHere } from './NotFound.tsx'

/**
 * Draws a query: its data when there is any, else its error, else that it is loading. A failed refresh never blanks
 * what is on screen. The page's heading stands outside. `fallback` replaces the plain loading shape.
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
  if (query.error instanceof ApiError && query.error.status === 404) return <NothingHere />
  if (query.error) return <LoadError error={query.error} onRetry={() => void query.refetch()} />
  return <>{fallback ?? <Loading />}</>
}
