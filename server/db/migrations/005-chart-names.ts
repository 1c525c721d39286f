import type { Kysely } from 'kysely'

/** Namespaces count how often charts were added or taken away: what is kept of their names is true as long. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('namespaces')
    .addColumn('names_revision', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
