import { type Kysely, sql } from 'kysely'

const RENAMED_REASONS = [['robot-over', 'robot-expired']] as const

/**
 * Names the API a request came through as the rest of the product does: `protocol`, with `classic` for the classic
 * chart repository. Audit events that were refused are `denied`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['archives', 'manifests', 'audit_events'] as const) {
    await db.schema.alterTable(table).renameColumn('door', 'protocol').execute()
    await sql`update ${sql.table(table)} set protocol = 'classic' where protocol = 'chartrepo'`.execute(db)
  }
  await sql`update audit_events set outcome = 'denied' where outcome = 'refused'`.execute(db)
  for (const [before, after] of RENAMED_REASONS) {
    await sql`update audit_events set reason = ${after} where reason = ${before}`.execute(db)
  }
}
