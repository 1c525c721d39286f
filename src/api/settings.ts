import { queryOptions } from '@tanstack/react-query'
import { getSettings } from '../../contract/console/settings.ts'
import { call } from './http.ts'

/** What the server says of itself; it changes only when it is started anew. */
export const settingsQueries = {
  current: () =>
    queryOptions({
      queryKey: ['settings'],
      queryFn: ({ signal }) => call(getSettings, { signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
}
