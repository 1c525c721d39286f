import { Hono } from 'hono'
import { mountChartMuseumApi } from './http/chartrepo/chartmuseum-api.ts'
import { repositoryPaths } from './http/chartrepo/classic-door.ts'
import { mountRepository } from './http/chartrepo/repository.ts'
import { mountAccessKeys } from './http/console/access-keys.ts'
import { mountAccounts } from './http/console/accounts.ts'
import { mountArtifacts } from './http/console/artifacts.ts'
import { mountAudit } from './http/console/audit.ts'
import { mountInstanceCharts } from './http/console/charts.ts'
import { mountCredentialFacts } from './http/console/credentials.ts'
import { mountDomains } from './http/console/domains.ts'
import { mountJobs } from './http/console/jobs.ts'
import { mountMembers } from './http/console/members.ts'
import { mountNamespacePolicies } from './http/console/namespaces.ts'
import { mountOwnAccount } from './http/console/own-account.ts'
import { mountProvider } from './http/console/provider.ts'
import { mountRobotFacts } from './http/console/robots.ts'
import { mountSession } from './http/console/session.ts'
import { mountSettings } from './http/console/settings.ts'
import { mountStatic } from './http/console/static.ts'
import { mountStorage } from './http/console/storage.ts'
import { mountUploadPreview } from './http/console/upload-preview.ts'
import { mountVersionDetails } from './http/console/versions.ts'
import type { Context } from './http/context.ts'
import { errorResponse } from './http/errors/error-response.ts'
import { mountUnknown, refuseUnknownAddress } from './http/errors/unknown-addresses.ts'
import { mountHealth } from './http/health.ts'
import type { HttpApp, HttpEnv } from './http/http-env.ts'
import { mountCharts } from './http/management/charts.ts'
import { mountCredentials } from './http/management/credentials.ts'
import { mountInstances } from './http/management/instances.ts'
import { mountNamespaces } from './http/management/namespaces.ts'
import { mountRobots } from './http/management/robots.ts'
import { mountVersions } from './http/management/versions.ts'
import { mountBlobs } from './http/oci/blobs.ts'
import { mountCatalog } from './http/oci/catalog.ts'
import { mountManifests } from './http/oci/manifests.ts'
import { mountPing } from './http/oci/ping.ts'
import { mountReferrers } from './http/oci/referrers.ts'
import { mountTags } from './http/oci/tags.ts'
import { mountToken } from './http/oci/token.ts'
import { mountUploads } from './http/oci/uploads.ts'
import { everyRequest, readClient } from './http/transport/every-request.ts'

/** Everything that the server answers to, in the order in which it is looked for. */
export function createApp(context: Context): HttpApp {
  const app: HttpApp = new Hono<HttpEnv>()
  app.onError((error, c) => errorResponse(c, context, error))
  app.use('*', everyRequest(context))
  app.use('*', readClient(context))

  mountHealth(app, context)

  // /v1, the management API
  mountInstances(app, context)
  mountNamespaces(app, context)
  mountCharts(app, context)
  mountVersions(app, context)
  mountCredentials(app, context)
  mountRobots(app, context)

  // /console, what the console needs beyond it
  mountSession(app, context)
  mountProvider(app, context)
  mountAccessKeys(app, context)
  mountOwnAccount(app, context)
  mountAccounts(app, context)
  mountMembers(app, context)
  mountSettings(app, context)
  mountDomains(app, context)
  mountNamespacePolicies(app, context)
  mountInstanceCharts(app, context)
  mountUploadPreview(app, context)
  mountVersionDetails(app, context)
  mountArtifacts(app, context)
  mountCredentialFacts(app, context)
  mountRobotFacts(app, context)
  mountAudit(app, context)
  mountStorage(app, context)
  mountJobs(app, context)

  // /chartrepo and /api/chartrepo, the classic chart repository
  mountRepository(app, context)
  mountChartMuseumApi(app, context)

  // /v2 and /service/token, OCI distribution
  mountPing(app, context)
  mountCatalog(app, context)
  mountToken(app, context)
  mountUploads(app, context)
  mountBlobs(app, context)
  mountManifests(app, context)
  mountTags(app, context)
  mountReferrers(app, context)

  // What is unknown under an API is an error of that API; elsewhere a browser gets the console, and a program a 404.
  mountUnknown(app, ['/v1', '/console', ...repositoryPaths(''), '/api', '/v2', '/service', '/healthz', '/readyz'])
  mountStatic(app, context.consoleFolder)
  mountUnknown(app, ['/assets'])
  app.use('*', refuseUnknownAddress)
  return app
}
