import type { Kysely } from 'kysely'

/** Adds a revision to namespaces that increases when charts are added or deleted, for the cache of chart names. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('namespaces')
    .addColumn('names_revision', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
