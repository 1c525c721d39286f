import { queryOptions } from '@tanstack/react-query'
import { collectGarbageNow, getStorage } from '../../contract/console/storage.ts'
import { call } from './http.ts'

/** Milliseconds between two looks at a collection that is running. */
const WHILE_COLLECTING = 1000

export const storageQueries = {
  /** Prefix of everything about storage. */
  all: () => ['storage'],
  report: () =>
    queryOptions({
      queryKey: [...storageQueries.all(), 'report'],
      queryFn: ({ signal }) => call(getStorage, { signal }),
      refetchInterval: ({ state }) => (state.data?.collecting ? WHILE_COLLECTING : false),
    }),
}

/** Starts a garbage collection at once; the report tells when it has ended. */
export function startCollection(): Promise<undefined> {
  return call(collectGarbageNow, {})
}
