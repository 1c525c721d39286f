import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openSqlite } from '../database.ts'
import { LOG_PAGES } from './checkpointer.ts'

/** Bytes of a row that takes 256 pages. */
const ROW = 1024 ** 2
const PAGE = 4096

let folder: string
let file: string
let database: Database

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-wal-'))
  file = join(folder, 'chartroom.db')
  database = await openSqlite(file)
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

let row = 0
async function writeRow(): Promise<void> {
  const name = `${row++} `.padEnd(ROW, 'x')
  await database.write((transaction) => transaction.insertInto('counters').values({ name, value: 1 }).execute())
}

async function rows(): Promise<number> {
  const { count } = await database.read
    .selectFrom('counters')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function pagesInLog(): Promise<number> {
  const { rows } = await sql<{ log: number }>`pragma wal_checkpoint(noop)`.execute(database.read)
  return rows[0]?.log ?? 0
}

/** Writes enough to begin a checkpoint. */
async function fillLog(): Promise<void> {
  for (let pages = 0; pages <= LOG_PAGES; pages += ROW / PAGE) await writeRow()
}

/** Writes rows until the log starts over. Returns their number, and the length of the log before, in pages. */
async function writeUntilRestart(): Promise<{ written: number; pages: number }> {
  for (let written = 1, before = await pagesInLog(); ; written++) {
    await writeRow()
    const pages = await pagesInLog()
    if (pages < before) return { written, pages: before }
    before = pages
  }
}

test('restarts the log repeatedly under constant writes, while others read', async () => {
  let [rowsWritten, pagesWritten] = [0, 0]
  for (let restarts = 0; restarts < 3; restarts++) {
    const { written, pages } = await writeUntilRestart()
    rowsWritten += written
    pagesWritten += pages
    expect(await rows()).toBe(rowsWritten)
  }
  // How far the log grows before it restarts depends on the machine, but the file never holds all that was written.
  expect((await stat(`${file}-wal`)).size).toBeLessThan(pagesWritten * PAGE)
  expect((await stat(file)).size).toBeGreaterThan(LOG_PAGES * PAGE)
})

test('a checkpoint waits for a transaction, which others read beside', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const before = row
  await fillLog()
  const long = database.write(async (transaction) => {
    await transaction.insertInto('counters').values({ name: 'long', value: 1 }).execute()
    await released
  })
  // The first pass moves what is committed, without waiting for the transaction.
  await expect.poll(async () => (await stat(file)).size).toBeGreaterThan(LOG_PAGES * PAGE)
  expect(await rows()).toBe(row - before)
  release()
  await long
  expect(await rows()).toBe(row - before + 1)
  await writeUntilRestart()
})

test('closing waits for a checkpoint, and loses nothing', async () => {
  const before = row
  await fillLog()
  await database.close()
  database = await openSqlite(file)
  expect(await rows()).toBe(row - before)
})

test('closing does not wait for a transaction that a checkpoint waits for', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await fillLog()
  const long = database.write(() => released)
  const ended = expect(long).rejects.toThrow()
  await expect.poll(async () => (await stat(file)).size).toBeGreaterThan(LOG_PAGES * PAGE)
  await database.close()
  release()
  await ended
  database = await openSqlite(file)
})
