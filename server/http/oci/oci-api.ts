import type { Needs } from '../../../contract/domain/needs.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { ScopeAction } from '../../registry/sign-in/bearer-tokens.ts'
import type { Api } from '../api.ts'
import { createApiApp } from '../api-app.ts'
import type { Context } from '../context.ts'
import { mountUnknown } from '../errors/unknown-addresses.ts'
import { helmAccess } from '../helm/helm-access.ts'
import type { HttpApp } from '../http-env.ts'
import { mountBlobs } from './blobs.ts'
import { mountCatalog } from './catalog.ts'
import { ociErrorResponse, tokenErrorResponse } from './errors.ts'
import { mountManifests } from './manifests.ts'
import { mountPing } from './ping.ts'
import { mountReferrers } from './referrers.ts'
import { parseRepository } from './repository-address.ts'
import { mountTags } from './tags.ts'
import { mountToken } from './token.ts'
import { mountUploads } from './uploads.ts'

/** Actions that the scope of a token must have, by what an endpoint needs. Other needs require no scope. */
const ACTIONS: Partial<Record<Needs, ScopeAction>> = { read: 'pull', push: 'push', delete: 'delete' }

/** Creates the app of the OCI distribution API, `/v2`. */
export function createOciApi(context: Context): HttpApp {
  const app = createApiApp(context, ['/v2'], ociErrorResponse)
  const api = ociApi(app, context)
  mountPing(api)
  mountCatalog(api)
  mountUploads(api)
  mountBlobs(api)
  mountManifests(api)
  mountTags(api)
  mountReferrers(api)
  mountUnknown(app, ['/v2'])
  return app
}

/** Creates the app of the token service, which its clients reach from the challenges of the OCI distribution API. */
export function createTokenService(context: Context): HttpApp {
  const app = createApiApp(context, ['/service'], tokenErrorResponse)
  mountToken(ociApi(app, context))
  mountUnknown(app, ['/service'])
  return app
}

function ociApi(app: HttpApp, context: Context): Api {
  return {
    app,
    context,
    ...helmAccess(context, 'oci'),
    // Some clients leave out the slash at the end.
    pathsOf: (path) => (path.endsWith('/') ? [path, path.slice(0, -1)] : [path]),
    subjectOf: ({ name, instanceId }) => {
      if (name === undefined) return { instanceId }
      const { name: chart, ...repository } = parseRepository(name)
      return { ...repository, chart: chart || undefined }
    },
    checkScopes: ({ scopes }, needs, { name }) => {
      const action = ACTIONS[needs]
      const isCovered = scopes.some((scope) => scope.name === name && action && scope.actions.includes(action))
      if (action && name !== undefined && !isCovered) throw new RegistryError('token-scope-missing')
    },
  }
}
