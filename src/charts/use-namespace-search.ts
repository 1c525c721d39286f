import { useQuery } from '@tanstack/react-query'
import { fuzzyMatch } from '../../chart/fuzzy.ts'
import { namespaceQueries } from '../api/namespaces.ts'
import { namespacesMatching } from './namespaces-matching.ts'
import { useDebouncedValue } from './use-debounced-value.ts'

/**
 * Searches the instance's namespaces for the `typed` text, debounced. `query` is the text that `names` were found for.
 * Until the results for the latest text arrive, the previous ones are filtered by it, so that Enter never selects a
 * namespace that does not match. `total` counts all matches in the registry; 0 until the results have arrived.
 */
export function useNamespaceSearch(
  instanceId: string,
  typed: string,
): { names: string[]; query: string; total: number; isPending: boolean } {
  const query = useDebouncedValue(typed)
  const { data, isPending, isPlaceholderData } = useQuery(namespaceQueries.list(instanceId, namespacesMatching(query)))
  const names = (data?.projects ?? []).map(({ projectName }) => projectName)
  const isCurrent = query === typed && !isPlaceholderData
  return {
    names: isCurrent ? names : names.filter((name) => fuzzyMatch(typed, name) !== null),
    query,
    total: isCurrent ? (data?.total ?? 0) : 0,
    isPending,
  }
}
