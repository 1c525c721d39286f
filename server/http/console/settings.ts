import { settingsEndpoints } from '../../../contract/console/settings.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** Settings of the server for the console. */
export function mountSettings(api: Api): void {
  const { context } = api
  route(api, settingsEndpoints.get, () => ({
    version: context.version,
    publicUrl: context.publicUrl,
    maxUploadBytes: context.registry.maxUploadBytes,
  }))
}
