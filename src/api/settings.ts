import { queryOptions } from '@tanstack/react-query'
import { settingsEndpoints } from '../../contract/console/settings.ts'
import { call } from './http.ts'

/** Settings of the server; they change only when it restarts. */
export const settingsQueries = {
  current: () =>
    queryOptions({
      queryKey: ['settings'],
      queryFn: ({ signal }) => call(settingsEndpoints.get, { signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
}
