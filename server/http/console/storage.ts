import { collectGarbageNow, getStorage } from '../../../contract/console/storage.ts'
import { collectOnDemand } from '../../registry/garbage/collect-on-demand.ts'
import { storageReport } from '../../registry/storage/storage-report.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'

/** What the store holds and how it is, and collecting garbage at once: for administrators of the registry. */
export function mountStorage(app: HttpApp, context: Context): void {
  const { log, registry } = context

  route(app, context, getStorage, () => storageReport(registry))

  route(app, context, collectGarbageNow, async ({ call }) => {
    const { finished } = await collectOnDemand(registry, call)
    finished.then(
      (collection) => log.info(collection, 'garbage collected'),
      (error: unknown) => log.error({ err: error }, 'garbage collection failed'),
    )
    return undefined
  })
}
