import { useQuery } from '@tanstack/react-query'
import { fuzzyMatch } from '../../chart/fuzzy.ts'
import { namespaceQueries } from '../api/namespaces.ts'
import { namespacesMatching } from './namespaces-matching.ts'
import { useQuietValue } from './use-quiet-value.ts'

/**
 * Names of the namespaces that match what was `typed`: as the registry finds them, `query` being what it was asked.
 * Until its answer to the latest text is here, those of the answer before that match, so that Enter never takes one
 * that does not. `total`: how many the registry found.
 */
export function useFoundNamespaces(
  instanceId: string,
  typed: string,
): { names: string[]; query: string; total: number; isPending: boolean } {
  const query = useQuietValue(typed)
  const { data, isPending, isPlaceholderData } = useQuery(namespaceQueries.list(instanceId, namespacesMatching(query)))
  const names = (data?.projects ?? []).map(({ projectName }) => projectName)
  const isAnswer = query === typed && !isPlaceholderData
  return {
    names: isAnswer ? names : names.filter((name) => fuzzyMatch(typed, name) !== null),
    query,
    total: isAnswer ? (data?.total ?? 0) : 0,
    isPending,
  }
}
