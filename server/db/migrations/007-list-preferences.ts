import type { Kysely } from 'kysely'

/** Adds the page size, row height and sort orders of the console's lists to accounts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('page_size', 'integer').execute()
  await db.schema.alterTable('accounts').addColumn('density', 'text').execute()
  await db.schema.alterTable('accounts').addColumn('sorts_json', 'text').execute()
}
