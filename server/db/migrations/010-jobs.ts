import { type Kysely, sql } from 'kysely'

const HOUR = 60 * 60 * 1000

/**
 * Adds the table of background jobs, and moves the stored states of garbage collection and the check of blobs there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('payload_json', 'text')
    .addColumn('run_at', 'text', (column) => column.notNull())
    .addColumn('lease_holder', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('result_json', 'text')
    .addColumn('progress_json', 'text')
    .execute()
  const { rows } = await sql<{
    name: string
    state_json: string
  }>`select name, state_json from upkeep`.execute(db)
  for (const { name, state_json } of rows) {
    const state = JSON.parse(state_json)
    if (name === 'collection') await addCollection(db, state)
    if (name === 'scrub') await addCheck(db, state)
  }
  await db.schema.dropTable('upkeep').execute()
}

interface Collection {
  readonly finished: string
  readonly freed: { readonly count: number; readonly bytes: number }
  readonly failed: boolean
}

async function addCollection(db: Kysely<unknown>, { finished, freed, failed }: Collection): Promise<void> {
  const id = 'garbage-collection'
  const result = failed ? null : JSON.stringify(freed)
  await sql`insert into jobs (id, kind, run_at, attempts, last_error, finished_at, result_json)
    values (${id}, ${id}, ${later(finished, HOUR)}, ${failed ? 1 : 0}, ${failed ? 'The last garbage collection failed.' : null},
      ${failed ? null : finished}, ${result})`.execute(db)
}

interface Check {
  readonly position: string | null
  readonly lastFinished: string | null
}

async function addCheck(db: Kysely<unknown>, { position, lastFinished }: Check): Promise<void> {
  const id = 'blob-scrub'
  const due = later(lastFinished ?? new Date().toISOString(), position === null && lastFinished ? 7 * 24 * HOUR : 0)
  const progress = position === null ? null : JSON.stringify({ position })
  await sql`insert into jobs (id, kind, run_at, finished_at, result_json, progress_json)
    values (${id}, ${id}, ${due}, ${lastFinished}, ${lastFinished && 'null'}, ${progress})`.execute(db)
}

function later(time: string, milliseconds: number): string {
  return new Date(Date.parse(time) + milliseconds).toISOString()
}
