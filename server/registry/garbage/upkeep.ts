import type { Kysely, Transaction } from 'kysely'
import type { Collection } from '../../../contract/console/storage.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import type { Schema } from '../../db/schema.ts'

/** How far the check of all blobs has come. */
export interface ScrubState {
  /** The last blob of the running pass that was checked; null between two passes. */
  readonly position: Digest | null
  /** When a pass was last finished, ISO. */
  readonly lastFinished: string | null
}

/** What each kind of work remembers. */
interface States {
  readonly collection: Collection
  readonly scrub: ScrubState
}

/** What background work remembers of its last run; undefined before the first. */
export async function findUpkeep<Name extends keyof States>(
  db: Kysely<Schema>,
  name: Name,
): Promise<States[Name] | undefined> {
  const row = await db.selectFrom('upkeep').select('state_json').where('name', '=', name).executeTakeFirst()
  return row && JSON.parse(row.state_json)
}

/** Replaces what background work remembers. */
export async function putUpkeep<Name extends keyof States>(
  transaction: Transaction<Schema>,
  name: Name,
  state: States[Name],
): Promise<void> {
  const state_json = JSON.stringify(state)
  await transaction
    .insertInto('upkeep')
    .values({ name, state_json })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ state_json }))
    .execute()
}
