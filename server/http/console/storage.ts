import { collectGarbageNow, getStorage } from '../../../contract/console/storage.ts'
import { requestCollection } from '../../registry/garbage/request-collection.ts'
import { storageReport } from '../../registry/storage/storage-report.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'

/** The storage report and immediate garbage collection. */
export function mountStorage(app: HttpApp, context: Context): void {
  const { registry, jobs } = context

  route(app, context, getStorage, () => storageReport(registry))

  route(app, context, collectGarbageNow, async ({ call }) => {
    await requestCollection(registry, call)
    void jobs.runDue()
    return undefined
  })
}
