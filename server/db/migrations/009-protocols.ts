import { type Kysely, sql } from 'kysely'

const RENAMED_REASONS = [['robot-over', 'robot-expired']] as const

/**
 * Renames the column for the API of a request to `protocol`, and its value for the classic chart repository to
 * `classic`. Renames the outcome of denied audit events to `denied`.
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
