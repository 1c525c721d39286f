import { collectGarbage } from '../registry/garbage/collect-garbage.ts'
import type { TestRegistry } from './open-test-registry.ts'

/** A day in milliseconds, which is also the grace period of test registries. */
export const DAY = 24 * 60 * 60 * 1000

/** Runs garbage collection until nothing more can be deleted: dependent content and blobs take several runs. */
export async function collectAll(store: TestRegistry): Promise<void> {
  for (let runs = 0; runs < 6; runs++) {
    await collectGarbage(store.registry)
    store.pass(DAY + 1)
  }
}
