import type { Collection } from '../../../contract/console/storage.ts'
import { type Actor, recordEvent } from '../audit/record-event.ts'
import type { Registry } from '../core/registry.ts'
import { type Collected, collectGarbageAtOnce } from './collect-garbage.ts'
import { findUpkeep, putUpkeep } from './upkeep.ts'

/** The collections of this process that somebody asked for and that have not ended. */
const running = new WeakMap<Registry, Promise<Collection>>()

/**
 * Collects garbage at once, as {@link collectGarbageAtOnce} does, and records who asked for it. Joins a collection that
 * was asked for before and has not ended. Resolves when the request is recorded, and `finished` at the end.
 */
export async function collectOnDemand(registry: Registry, by: Actor): Promise<{ finished: Promise<Collection> }> {
  await registry.database.write((transaction) =>
    recordEvent(transaction, by, { action: 'garbage.collect' }, registry.now()),
  )
  const run = running.get(registry) ?? collect(registry)
  running.set(registry, run)
  return { finished: run }
}

/** Whether a collection that somebody asked for is running in this process. */
export function isCollecting(registry: Registry): boolean {
  return running.has(registry)
}

/** Records how a collection ended, for the console. */
export async function recordCollection(registry: Registry, collected: Collected | undefined): Promise<Collection> {
  const collection: Collection = {
    finished: registry.now(),
    freed: { count: collected?.blobs ?? 0, bytes: collected?.bytes ?? 0 },
    failed: collected === undefined,
  }
  await registry.database.write((transaction) => putUpkeep(transaction, 'collection', collection))
  return collection
}

/** How the last collection ended; null before the first. */
export async function lastCollection({ database }: Registry): Promise<Collection | null> {
  return (await findUpkeep(database.read, 'collection')) ?? null
}

async function collect(registry: Registry): Promise<Collection> {
  try {
    return await recordCollection(registry, await collectGarbageAtOnce(registry))
  } catch (error) {
    await recordCollection(registry, undefined)
    throw error
  } finally {
    running.delete(registry)
  }
}
