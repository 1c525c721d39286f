import { queryOptions } from '@tanstack/react-query'
import { storageEndpoints } from '../../contract/console/storage.ts'
import { call } from './http.ts'

/** Poll interval during a garbage collection. */
const COLLECTION_POLL_MS = 1000

export const storageQueries = {
  /** Key prefix of all storage queries. */
  all: () => ['storage'],
  report: () =>
    queryOptions({
      queryKey: [...storageQueries.all(), 'report'],
      queryFn: ({ signal }) => call(storageEndpoints.get, { signal }),
      refetchInterval: ({ state }) => (state.data?.collecting ? COLLECTION_POLL_MS : false),
    }),
}

/** Starts a garbage collection now; the storage report shows when it has ended. */
export function startGarbageCollection(): Promise<undefined> {
  return call(storageEndpoints.collectGarbage, {})
}
