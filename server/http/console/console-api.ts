import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Api } from '../api.ts'
import { createApiApp } from '../api-app.ts'
import { accountAccess } from '../authentication/account-access.ts'
import { sessionCaller } from '../authentication/session-caller.ts'
import type { Context } from '../context.ts'
import { mountUnknown } from '../errors/unknown-addresses.ts'
import type { HttpApp } from '../http-env.ts'
import { managementErrorResponse } from '../management/errors.ts'
import { mountAccessKeys } from './access-keys.ts'
import { mountAccounts } from './accounts.ts'
import { mountArtifacts } from './artifacts.ts'
import { mountAudit } from './audit.ts'
import { mountInstanceCharts } from './charts.ts'
import { mountOwnCredentials } from './credentials.ts'
import { mountDomains } from './domains.ts'
import { mountJobs } from './jobs.ts'
import { mountMembers } from './members.ts'
import { mountNamespacePolicies } from './namespaces.ts'
import { mountOwnAccount } from './own-account.ts'
import { mountProvider } from './provider.ts'
import { mountRobotSummaries } from './robots.ts'
import { mountSession } from './session.ts'
import { mountSettings } from './settings.ts'
import { mountStorage } from './storage.ts'
import { mountUploadPreview } from './upload-preview.ts'
import { mountVersionDetails } from './versions.ts'

/** Creates the app of `/console`: what the console needs beyond the management API. Its callers have a session. */
export function createConsoleApi(context: Context): HttpApp {
  const app = createApiApp(context, ['/console'], managementErrorResponse)
  const api: Api = {
    app,
    context,
    ...accountAccess(context, {
      callerOf: (http) => sessionCaller(http, context),
      credentialMissing: () => new RegistryError('session-missing'),
    }),
  }
  mountSession(api)
  mountProvider(api)
  mountAccessKeys(api)
  mountOwnAccount(api)
  mountAccounts(api)
  mountMembers(api)
  mountSettings(api)
  mountDomains(api)
  mountNamespacePolicies(api)
  mountInstanceCharts(api)
  mountUploadPreview(api)
  mountVersionDetails(api)
  mountArtifacts(api)
  mountOwnCredentials(api)
  mountRobotSummaries(api)
  mountAudit(api)
  mountStorage(api)
  mountJobs(api)
  mountUnknown(app, ['/console'])
  return app
}
