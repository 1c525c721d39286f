import { settingsEndpoints } from '../../../contract/console/settings.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** What the console must know of the server. */
export function mountSettings(api: Api): void {
  const { context } = api
  route(api, settingsEndpoints.get, () => ({
    version: context.version,
    publicUrl: context.publicUrl,
    maxUploadBytes: context.registry.maxUploadBytes,
  }))
}
