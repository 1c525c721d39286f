import { useQuery } from '@tanstack/react-query'
import { namespaceQueries } from '../../api/namespaces.ts'
import { useMay } from '../../session/use-may.ts'
import { namespacesMatching } from '../namespaces-matching.ts'

/** Returns the only namespace that the user may push to; undefined if there are none or several. */
export function useSoleNamespace(instanceId: string): string | undefined {
  const may = useMay()
  const { data } = useQuery(namespaceQueries.list(instanceId, namespacesMatching('')))
  if (!data || data.total > data.projects.length) return undefined
  const usable = data.projects.filter(({ projectName: namespace }) => may('push', { instanceId, namespace }))
  return usable.length === 1 ? usable[0]?.projectName : undefined
}
