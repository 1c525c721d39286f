import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { createProject, deleteProjects, listProjects, updateProject } from '../../contract/ccr/namespaces.ts'
import { listNamespaceFacts, updateNamespacePolicy } from '../../contract/console/namespaces.ts'
import { call } from './http.ts'

/** What the list of namespaces can be asked for. */
export type NamespaceListParams = z.output<typeof listProjects.query>

export const namespaceQueries = {
  /** Prefix of everything about an instance's namespaces. */
  all: (instanceId: string) => ['instances', 'detail', instanceId, 'namespaces'],
  list: (instanceId: string, params: NamespaceListParams) =>
    queryOptions({
      queryKey: [...namespaceQueries.all(instanceId), 'list', params],
      queryFn: ({ signal }) => call(listProjects, { params: { instanceId }, query: params, signal }),
      placeholderData: keepPreviousData,
    }),

  /** Which of the rows on screen are immutable; by name. */
  facts: (instanceId: string, names: readonly string[]) =>
    queryOptions({
      queryKey: [...namespaceQueries.all(instanceId), 'facts', names],
      queryFn: async ({ signal }) => {
        const query = { name: [...names] }
        const { items } = await call(listNamespaceFacts, { params: { instanceId }, query, signal })
        return new Map(items.map((facts) => [facts.name, facts]))
      },
      placeholderData: keepPreviousData,
      enabled: names.length > 0,
    }),
}

export function makeNamespace(instanceId: string, name: string, isPublic: boolean): Promise<unknown> {
  return call(createProject, { params: { instanceId }, body: { projectName: name, public: isPublic } })
}

/** Lets everybody read the namespace, or only those with a grant. */
export function setNamespaceAccess(instanceId: string, name: string, isPublic: boolean): Promise<unknown> {
  return call(updateProject, { params: { instanceId, projectName: name }, body: { public: isPublic } })
}

/** Lets versions of the namespace be replaced and deleted, or not. */
export function setNamespaceImmutable(instanceId: string, name: string, immutable: boolean): Promise<unknown> {
  return call(updateNamespacePolicy, { params: { instanceId, projectName: name }, body: { immutable } })
}

/** Deletes the named namespaces, all or none: one that still holds charts keeps them all. */
export function removeNamespaces(instanceId: string, names: string[]): Promise<unknown> {
  return call(deleteProjects, { params: { instanceId }, body: { items: names } })
}
