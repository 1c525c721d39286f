import { getSettings } from '../../../contract/console/settings.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'

/** What the console must know of the server. */
export function mountSettings(app: HttpApp, context: Context): void {
  route(app, context, getSettings, () => ({
    version: context.version,
    publicUrl: context.publicUrl,
    maxUploadBytes: context.registry.maxUploadBytes,
  }))
}
