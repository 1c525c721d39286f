import type { Needs } from '../../../contract/domain/needs.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HelmDoor } from '../helm/door-route.ts'

/** What a token must have been given out for, by what a route needs. */
const ACTIONS: Partial<Record<Needs, 'pull' | 'push' | 'delete'>> = { read: 'pull', push: 'push', delete: 'delete' }

/**
 * The classic chart repository. A token opens it that was given out for the repository of the namespace's own name,
 * as no smaller one could open the index of all its charts.
 */
export const classicDoor: HelmDoor = {
  name: 'classic',
  address: ({ instanceId, namespace, chart, version }) => ({ instanceId, namespace, chart, version }),
  covers({ scopes }, needs, { instanceId, namespace }) {
    const action = ACTIONS[needs]
    const name = instanceId === undefined ? namespace : `${instanceId}/${namespace}`
    if (action !== undefined && scopes.some((scope) => scope.name === name && scope.actions.includes(action)))
      return true
    throw new RegistryError('token-scope-missing')
  },
}

const INSTANCE = ':instanceId{ccr-[0-9a-z]{8}}'

/** Paths of what is fetched, of the default instance and of the one that is named: `/chartrepo…`. */
export function repositoryPaths(rest: string): string[] {
  return [`/chartrepo${rest}`, `/${INSTANCE}/chartrepo${rest}`]
}

/** Paths of ChartMuseum's API: `/api/chartrepo/:namespace…`. */
export function apiPaths(rest: string): string[] {
  return [`/api/chartrepo/:namespace${rest}`, `/api/${INSTANCE}/chartrepo/:namespace${rest}`]
}

/** The same without a namespace, which cm-push makes of the repository of all namespaces. They lead nowhere. */
export function pathsWithoutNamespace(rest: string): string[] {
  return [...apiPaths(rest), ...contextPaths(rest)].map((path) => path.replace('/:namespace', ''))
}

/** Paths that cm-push makes of a repository when it was told that `/chartrepo` is a context path. */
export function contextPaths(rest: string): string[] {
  return [`/chartrepo/api/:namespace${rest}`, `/${INSTANCE}/chartrepo/api/:namespace${rest}`]
}
