import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { namespaceEndpoints } from '../../contract/ccr/namespaces.ts'
import { namespacePolicyEndpoints } from '../../contract/console/namespaces.ts'
import { call } from './http.ts'

/** Query parameters of the namespace list. */
export type NamespaceListParams = z.output<typeof namespaceEndpoints.list.query>

export const namespaceQueries = {
  /** Key prefix of all queries about an instance's namespaces. */
  all: (instanceId: string) => ['instances', 'detail', instanceId, 'namespaces'],
  list: (instanceId: string, params: NamespaceListParams) =>
    queryOptions({
      queryKey: [...namespaceQueries.all(instanceId), 'list', params],
      queryFn: ({ signal }) => call(namespaceEndpoints.list, { params: { instanceId }, query: params, signal }),
      placeholderData: keepPreviousData,
    }),

  /** Whether each of the named namespaces is immutable; by name. */
  policies: (instanceId: string, names: readonly string[]) =>
    queryOptions({
      queryKey: [...namespaceQueries.all(instanceId), 'policies', names],
      queryFn: async ({ signal }) => {
        const query = { name: [...names] }
        const { items } = await call(namespacePolicyEndpoints.listSummaries, { params: { instanceId }, query, signal })
        return new Map(items.map((policy) => [policy.name, policy]))
      },
      placeholderData: keepPreviousData,
      enabled: names.length > 0,
    }),
}

export function makeNamespace(instanceId: string, name: string, isPublic: boolean): Promise<unknown> {
  return call(namespaceEndpoints.create, { params: { instanceId }, body: { projectName: name, public: isPublic } })
}

/** Makes the namespace public, or private: readable only with a grant. */
export function setNamespaceAccess(instanceId: string, name: string, isPublic: boolean): Promise<unknown> {
  return call(namespaceEndpoints.update, { params: { instanceId, namespace: name }, body: { public: isPublic } })
}

/** Makes the namespace immutable or mutable. Versions of an immutable one cannot be replaced or deleted. */
export function setNamespaceImmutable(instanceId: string, name: string, immutable: boolean): Promise<unknown> {
  return call(namespacePolicyEndpoints.update, { params: { instanceId, namespace: name }, body: { immutable } })
}

/** Deletes the named namespaces, all or none: fails if one of them still holds charts. */
export function removeNamespaces(instanceId: string, names: string[]): Promise<unknown> {
  return call(namespaceEndpoints.deleteMany, { params: { instanceId }, body: { items: names } })
}
