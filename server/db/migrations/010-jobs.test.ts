import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { nodeSqliteDialect } from '../node-sqlite.ts'
import * as jobs from './010-jobs.ts'

const DIGEST = `sha256:${'8'.repeat(64)}`
const DONE = '2026-11-20T08:00:00.000Z'

/** Runs the migration on the stored states of background work, by name, and returns the jobs. */
async function migrated(states: Readonly<Record<string, object>>) {
  const db = new Kysely<unknown>({ dialect: nodeSqliteDialect(() => new DatabaseSync(':memory:')) })
  await sql`create table upkeep (name text primary key, state_json text not null)`.execute(db)
  for (const [name, state] of Object.entries(states))
    await sql`insert into upkeep (name, state_json) values (${name}, ${JSON.stringify(state)})`.execute(db)
  await jobs.up(db)
  const { rows } = await sql<Record<string, unknown>>`select * from jobs order by id`.execute(db)
  return rows
}

test('creates no jobs if nothing was stored', async () => {
  expect(await migrated({})).toEqual([])
})

test('keeps the last garbage collection and schedules the next an hour after it', async () => {
  const freed = { count: 3, bytes: 4711 }
  expect(await migrated({ collection: { finished: DONE, freed, failed: false } })).toMatchObject([
    {
      id: 'garbage-collection',
      run_at: '2026-11-20T09:00:00.000Z',
      finished_at: DONE,
      result_json: JSON.stringify(freed),
      attempts: 0,
      last_error: null,
      lease_holder: null,
    },
  ])
})

test('keeps the failure of the last garbage collection', async () => {
  expect(await migrated({ collection: { finished: DONE, freed: { count: 0, bytes: 0 }, failed: true } })).toMatchObject(
    [{ attempts: 1, last_error: expect.any(String), finished_at: null, result_json: null }],
  )
})

test('resumes an unfinished check of all blobs, due since its last pass ended', async () => {
  expect(await migrated({ scrub: { position: DIGEST, lastFinished: DONE } })).toMatchObject([
    { id: 'blob-scrub', run_at: DONE, finished_at: DONE, progress_json: JSON.stringify({ position: DIGEST }) },
  ])
})

test('schedules the next check of all blobs a week after the last', async () => {
  expect(await migrated({ scrub: { position: null, lastFinished: DONE } })).toMatchObject([
    { id: 'blob-scrub', run_at: '2026-11-27T08:00:00.000Z', finished_at: DONE, progress_json: null },
  ])
})
