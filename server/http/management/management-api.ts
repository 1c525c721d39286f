import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Api } from '../api.ts'
import { createApiApp } from '../api-app.ts'
import { accountAccess } from '../authentication/account-access.ts'
import { sessionCaller } from '../authentication/session-caller.ts'
import type { Context } from '../context.ts'
import { mountUnknown } from '../errors/unknown-addresses.ts'
import { type HttpApp, type HttpContext, isFromConsole } from '../http-env.ts'
import { addHeaders } from '../transport/every-request.ts'
import { signedCaller } from './bce-auth/signed-caller.ts'
import { mountCharts } from './charts.ts'
import { mountCredentials } from './credentials.ts'
import { managementErrorResponse } from './errors.ts'
import { mountInstances } from './instances.ts'
import { mountNamespaces } from './namespaces.ts'
import { mountRobots } from './robots.ts'
import { mountVersions } from './versions.ts'

/** Creates the app of the management API, `/v1`. Its callers sign their requests or have a session of the console. */
export function createManagementApi(context: Context): HttpApp {
  const app = createApiApp(context, ['/v1'], managementErrorResponse)
  // The vendor's gateway sends the region in capitals.
  const region = { 'X-Bce-Gateway-Region': context.registry.region.toUpperCase() }
  app.use('/v1/*', async (c, next) => {
    await next()
    addHeaders(c, region)
  })
  const api: Api = {
    app,
    context,
    ...accountAccess(context, {
      // A signature cannot come from a page of another site, so that its origin is not checked.
      callerOf: async (http) => (await signedCaller(http, context)) ?? sessionCaller(http, context),
      credentialMissing,
    }),
  }
  mountInstances(api)
  mountNamespaces(api)
  mountCharts(api)
  mountVersions(api)
  mountCredentials(api)
  mountRobots(api)
  mountUnknown(app, ['/v1'])
  return app
}

/** The console asks for the password again; other clients must sign the request, by the vendor's scheme. */
function credentialMissing(http: HttpContext): RegistryError {
  if (isFromConsole(http)) return new RegistryError('session-missing')
  const hasHeader = http.req.header('authorization') !== undefined
  return new RegistryError(hasHeader ? 'authorization-malformed' : 'signature-missing')
}
