import type { Caller } from '../../registry/core/call.ts'
import { isAllowed } from '../../registry/core/permissions.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { type HttpContext, isFromConsole } from '../http-env.ts'
import { refuseForeignOrigin, requestOrigin } from './origin.ts'

/** In what `/v1` and `/console` differ: how they authenticate, and their error for an anonymous caller. */
interface Authentication {
  /** Authenticates a request. Throws if the credential is invalid or the origin is not allowed. */
  callerOf(http: HttpContext): Promise<Caller>
  credentialMissing(http: HttpContext): RegistryError
}

/** Access to `/v1` and `/console`: by accounts, with the rights of their grants. */
export function accountAccess(
  context: Context,
  { callerOf, credentialMissing }: Authentication,
): Omit<Api, 'app' | 'context'> {
  return {
    opensPublicNamespaces: false,
    protocolOf: (http) => (isFromBrowser(http, context) ? 'console' : 'management'),
    pathsOf: (path) => [path],
    subjectOf: (params) => params,
    addressedInstance: async (_http, instanceId = '') => instanceId,
    authenticate: async (http, needs) => {
      if (needs !== 'nothing') return { caller: await callerOf(http), grant: null }
      // Safe requests may come from other sites: the sign-in provider redirects here.
      refuseForeignOrigin(http, context.publicUrl)
      return { caller: { kind: 'anonymous' }, grant: null }
    },
    denial: (http, caller, needs, place) => {
      if (caller.kind === 'anonymous') return credentialMissing(http)
      if (place && !isAllowed(caller, 'read', place)) {
        http.set('isDeniedAsMissing', true)
        return place.namespace === undefined
          ? new RegistryError('instance-missing', { instance: place.instance })
          : new RegistryError('namespace-missing', { namespace: place.namespace })
      }
      return new RegistryError(needs === 'administer-registry' ? 'registry-administrators-only' : 'not-allowed')
    },
    checkScopes: () => undefined,
  }
}

/** Whether a person's browser sent the request. Scripts send the console's header too, but no fetch metadata. */
function isFromBrowser(http: HttpContext, { publicUrl }: Context): boolean {
  const isConsole = isFromConsole(http) && requestOrigin(http, publicUrl) === 'own'
  return isConsole || http.req.header('sec-fetch-mode') === 'navigate'
}
