import { INSTANCE_ID } from '../../../contract/domain/instance-id.ts'
import type { Needs } from '../../../contract/domain/needs.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { ScopeAction } from '../../registry/sign-in/bearer-tokens.ts'
import type { Api } from '../api.ts'
import { createApiApp } from '../api-app.ts'
import type { Context } from '../context.ts'
import { mountUnknown } from '../errors/unknown-addresses.ts'
import { helmAccess } from '../helm/helm-access.ts'
import type { HttpApp } from '../http-env.ts'
import { mountChartMuseumApi } from './chartmuseum-api.ts'
import { classicErrorResponse } from './errors.ts'
import { mountRepository } from './repository.ts'

/** Actions that the scope of a token must have, by what an endpoint needs. */
const ACTIONS: Partial<Record<Needs, ScopeAction>> = { read: 'pull', push: 'push', delete: 'delete' }

/** Creates the app of the classic chart repository: `/chartrepo` and ChartMuseum's API at `/api/chartrepo`. */
export function createClassicApi(context: Context): HttpApp {
  const prefixes = [...pathsOf('/chartrepo'), '/api']
  const app = createApiApp(context, prefixes, classicErrorResponse)
  const api: Api = {
    app,
    context,
    ...helmAccess(context, 'classic'),
    pathsOf,
    subjectOf: (params) => params,
    // The scope must be that of a repository named like the namespace: none below it covers an index of all charts.
    checkScopes: ({ scopes }, needs, { instanceId, namespace }) => {
      const name = instanceId === undefined ? namespace : `${instanceId}/${namespace}`
      const action = ACTIONS[needs]
      const isCovered = scopes.some((scope) => scope.name === name && action && scope.actions.includes(action))
      if (!isCovered) throw new RegistryError('token-scope-missing')
    },
  }
  mountRepository(api)
  mountChartMuseumApi(api)
  mountUnknown(app, prefixes)
  return app
}

/** The path of the default instance, and the one with the ID of an instance before `chartrepo`. */
function pathsOf(path: string): string[] {
  return [path, path.replace('/chartrepo', `/:instanceId{${INSTANCE_ID}}/chartrepo`)]
}
