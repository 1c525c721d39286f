import type { Kysely } from 'kysely'

/** Accounts remember page size, row height and sorts of the lists in the console. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('page_size', 'integer').execute()
  await db.schema.alterTable('accounts').addColumn('density', 'text').execute()
  await db.schema.alterTable('accounts').addColumn('sorts_json', 'text').execute()
}
