import { storageEndpoints } from '../../../contract/console/storage.ts'
import { requestCollection } from '../../registry/garbage/request-collection.ts'
import { storageReport } from '../../registry/storage/storage-report.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** The storage report and immediate garbage collection. */
export function mountStorage(api: Api): void {
  const { context } = api
  const { registry, jobs } = context

  route(api, storageEndpoints.get, () => storageReport(registry))

  route(api, storageEndpoints.collectGarbage, async ({ call }) => {
    await requestCollection(registry, call)
    void jobs.runDue()
    return undefined
  })
}
