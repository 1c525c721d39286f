import { queryOptions } from '@tanstack/react-query'
import { getSettings } from '../../contract/console/settings.ts'
import { call } from './http.ts'

/** Settings of the server; they change only when it restarts. */
export const settingsQueries = {
  current: () =>
    queryOptions({
      queryKey: ['settings'],
      queryFn: ({ signal }) => call(getSettings, { signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
}
