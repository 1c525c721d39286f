import { MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import { currentMessages } from '../i18n/language.ts'
import { ApiError } from './api-error.ts'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** Query keys to invalidate on success: [chartQueries.all(instanceId)]. */
      invalidates?: QueryKey[]
      /** Set if the failure is shown where it happened (a form, a dialog, an upload's row). */
      errorShown?: boolean
    }
  }
}

/**
 * Creates the cache of server data. `showError` receives the failures that no component shows: of a background refetch
 * while data is on screen, and of a mutation without `errorShown`. All failed refetches share one `key`, as they have
 * one cause.
 */
export function createQueryClient(showError: (text: string, key?: string) => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.state.data !== undefined) {
          showError(currentMessages().common.backgroundRefreshFailed(error.message), 'refresh')
        }
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (!mutation.meta?.errorShown) showError(error.message)
      },
      onSuccess: async (_data, _variables, _result, mutation) => {
        await Promise.all((mutation.meta?.invalidates ?? []).map((queryKey) => client.invalidateQueries({ queryKey })))
      },
    }),
    defaultOptions: {
      // Send requests even if the browser reports that it is offline: the registry may run on this machine, and a
      // paused request would look as if nothing had happened.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 10_000,
        retry: (failures, error) =>
          failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
    },
  })
  return client
}
