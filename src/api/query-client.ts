import { MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import { currentMessages } from '../i18n/language.ts'
import { ApiError } from './api-error.ts'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** Keys that a success makes stale: [chartQueries.all(instanceId)]. */
      invalidates?: QueryKey[]
      /** The failure is shown where it happened (a form, a dialog, an upload's row). */
      errorShown?: boolean
    }
  }
}

/**
 * The cache of everything the server knows. `showError` gets what nobody else shows: the failure of a refresh behind
 * data that is on screen, and of a mutation that has no place of its own. All failed refreshes share one `key`: their
 * cause is one.
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
      // Ask even when the browser says that it is offline: the registry may be on this very machine, and a request
      // that waits for the line without a word looks like nothing happened.
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
