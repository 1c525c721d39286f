import { createApiApp } from './http/api-app.ts'
import { createClassicApi } from './http/chartrepo/classic-api.ts'
import { createConsoleApi } from './http/console/console-api.ts'
import { mountStatic } from './http/console/static.ts'
import type { Context } from './http/context.ts'
import type { ErrorRenderer } from './http/errors/error-handler.ts'
import { mountUnknown, refuseUnknownAddress } from './http/errors/unknown-addresses.ts'
import { mountHealth } from './http/health.ts'
import { setReason } from './http/helm/reason-phrase.ts'
import type { HttpApp } from './http/http-env.ts'
import { managementErrorResponse } from './http/management/errors.ts'
import { createManagementApi } from './http/management/management-api.ts'
import { createOciApi, createTokenService } from './http/oci/oci-api.ts'
import { everyRequest } from './http/transport/every-request.ts'

/** Creates the app of the server. Each API is an app of its own, with its own error handler. */
export function createApp(context: Context): HttpApp {
  const app = createApiApp(context, [], errorResponse)
  app.use('*', everyRequest)

  mountHealth(app, context)
  mountUnknown(app, ['/healthz', '/readyz'])

  // /v1
  app.route('/', createManagementApi(context))
  // /console
  app.route('/', createConsoleApi(context))
  // /chartrepo and /api/chartrepo
  app.route('/', createClassicApi(context))
  // /v2
  app.route('/', createOciApi(context))
  // /service/token
  app.route('/', createTokenService(context))

  // At any other address a browser gets the console, and a program a 404.
  mountStatic(app, context.consoleFolder)
  mountUnknown(app, ['/assets'])
  app.use('*', refuseUnknownAddress)
  return app
}

/** Helm clients with a wrong address get here, and print the status line. */
const errorResponse: ErrorRenderer = (c, context, error) => {
  const response = managementErrorResponse(c, context, error)
  setReason(c, response.status, error)
  return response
}
