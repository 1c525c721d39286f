import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { createProject, deleteProjects, listProjects, updateProject } from '../../contract/ccr/namespaces.ts'
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
}

export function makeNamespace(instanceId: string, name: string, isPublic: boolean): Promise<unknown> {
  return call(createProject, { params: { instanceId }, body: { projectName: name, public: isPublic } })
}

/** Lets everybody read the namespace, or only those with a grant. */
export function setNamespaceAccess(instanceId: string, name: string, isPublic: boolean): Promise<unknown> {
  return call(updateProject, { params: { instanceId, projectName: name }, body: { public: isPublic } })
}

/** Deletes the named namespaces, all or none: one that still holds charts keeps them all. */
export function removeNamespaces(instanceId: string, names: string[]): Promise<unknown> {
  return call(deleteProjects, { params: { instanceId }, body: { items: names } })
}
