import { useQuery } from '@tanstack/react-query'
import { namespaceQueries } from '../../api/namespaces.ts'
import { namespacesMatching } from '../NamespaceSelect.tsx'

/** The instance's namespace where there is exactly one: then nobody has to choose. */
export function useSoleNamespace(instanceId: string): string | undefined {
  const { data } = useQuery(namespaceQueries.list(instanceId, namespacesMatching('')))
  return data?.total === 1 ? data.projects[0]?.projectName : undefined
}
