import type { Kysely } from 'kysely'

/** Adds damaged blobs, the state of background work, and the release times of links and manifests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('damaged_blobs')
    .addColumn('digest', 'text', (column) => column.primaryKey())
    .addColumn('damage', 'text', (column) => column.notNull())
    .addColumn('found_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('upkeep')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('state_json', 'text', (column) => column.notNull())
    .execute()
  await db.schema.alterTable('repository_blobs').addColumn('released_at', 'text').execute()
  await db.schema.alterTable('manifests').addColumn('released_at', 'text').execute()
}
