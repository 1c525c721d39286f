import { type FileHandle, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { yieldToEventLoop } from './chunks.ts'
import { type Database, openSqlite } from './database.ts'
import { prepared } from './prepared.ts'

const counterNamed = prepared((db, { name }: { name: string }) =>
  db.selectFrom('counters').selectAll().where('name', '=', name),
)

let folder: string
let database: Database

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-db-'))
  database = await openSqlite(join(folder, 'chartroom.db'))
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

test('uses a write-ahead log and enforces foreign keys', async () => {
  await database.write(async (transaction) => {
    expect((await sql`pragma journal_mode`.execute(transaction)).rows).toEqual([{ journal_mode: 'wal' }])
    expect((await sql`pragma synchronous`.execute(transaction)).rows).toEqual([{ synchronous: 1 }])
    expect((await sql`pragma wal_autocheckpoint`.execute(transaction)).rows).toEqual([{ wal_autocheckpoint: 0 }])
    expect((await sql`pragma foreign_keys`.execute(transaction)).rows).toEqual([{ foreign_keys: 1 }])
  })
})

test('write() resolves after the log was flushed', async () => {
  await using file = await open(join(folder, 'chartroom.db'))
  const fileHandles: FileHandle = Object.getPrototypeOf(file)
  const { datasync } = fileHandles
  const steps: string[] = []
  using _ = vi.spyOn(fileHandles, 'datasync').mockImplementation(async function (this: FileHandle) {
    steps.push('flush')
    await datasync.call(this)
    steps.push('flushed')
  })
  const written = database.write(async (transaction) => {
    await transaction.insertInto('counters').values({ name: 'a', value: 0 }).execute()
    steps.push('inserted')
  })
  await written.then(() => steps.push('answered'))
  expect(steps).toEqual(['inserted', 'flush', 'flushed', 'answered'])
})

test('its files are accessible only to this account', async () => {
  await count('a')
  const files = await readdir(folder)
  expect(files.sort()).toEqual(['chartroom.db', 'chartroom.db-shm', 'chartroom.db-wal'])
  for (const file of files) expect((await stat(join(folder, file))).mode & 0o777, file).toBe(0o600)
})

test('keeps all data when opened again', async () => {
  await count('a')
  await database.close()
  database = await openSqlite(join(folder, 'chartroom.db'))
  expect(await values()).toEqual([{ name: 'a', value: 1 }])
})

test('runs transactions one after the other', async () => {
  await database.write((transaction) => transaction.insertInto('counters').values({ name: 'a', value: 0 }).execute())
  const steps = Array.from({ length: 50 }, () =>
    database.write(async (transaction) => {
      const { value } = await transaction.selectFrom('counters').select('value').executeTakeFirstOrThrow()
      await transaction
        .updateTable('counters')
        .set({ value: value + 1 })
        .execute()
    }),
  )
  await Promise.all(steps)
  expect(await values()).toEqual([{ name: 'a', value: 50 }])
})

test('reads writes of another process', async () => {
  const other = await openSqlite(join(folder, 'chartroom.db'))
  for (const where of [database, other, database, other]) await count('a', where)
  expect(await values()).toEqual([{ name: 'a', value: 4 }])
  await other.close()
})

test('rolls back a transaction that throws, and runs the next one', async () => {
  const failing = database.write(async (transaction) => {
    await transaction.insertInto('counters').values({ name: 'a', value: 1 }).execute()
    throw new Error('not after all')
  })
  await expect(failing).rejects.toThrow('not after all')
  await count('b')
  expect(await values()).toEqual([{ name: 'b', value: 1 }])
})

test('a nested transaction throws, and does not block the next one', async () => {
  const nested = database.write(async () => {
    await count('a')
  })
  await expect(nested).rejects.toThrow('a transaction inside a transaction')
  await count('b')
  expect(await values()).toEqual([{ name: 'b', value: 1 }])
})

test('work started in a transaction may write after the transaction has ended', async () => {
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  let later: Promise<void> | undefined
  await database.write(async () => {
    later = ended.then(() => count('later'))
  })
  resolve()
  await later
  expect(await values()).toEqual([{ name: 'later', value: 1 }])
})

test('a transaction throws if used after its end', async () => {
  const kept = await database.write(async (transaction) => ({ transaction }))
  const late = kept.transaction.insertInto('counters').values({ name: 'a', value: 1 }).execute()
  await expect(late).rejects.toThrow('already committed')
  await expect(sql`delete from counters`.execute(kept.transaction)).rejects.toThrow('already committed')
  await expect(counterNamed(kept.transaction, { name: 'a' })).rejects.toThrow('already committed')
  expect(await values()).toEqual([])
})

test('while a transaction yields, reads see only committed data and other writes wait', async () => {
  const steps: string[] = []
  const writing = database.write(async (transaction) => {
    await transaction.insertInto('counters').values({ name: 'a', value: 1 }).execute()
    for (let chunk = 0; chunk < 3; chunk++) {
      await yieldToEventLoop()
      steps.push(`chunk ${chunk}, others see ${(await values()).length}`)
    }
  })
  const next = count('b').then(() => steps.push('next'))
  await Promise.all([writing, next])
  expect(steps).toEqual(['chunk 0, others see 0', 'chunk 1, others see 0', 'chunk 2, others see 0', 'next'])
  expect(await values()).toHaveLength(2)
})

test('reads see data once it is committed', async () => {
  await database.write(async (transaction) => {
    await transaction.insertInto('counters').values({ name: 'a', value: 1 }).execute()
    expect(await values()).toEqual([])
  })
  expect(await values()).toEqual([{ name: 'a', value: 1 }])
})

test('the reading connection cannot write', async () => {
  const writing = database.read.insertInto('counters').values({ name: 'a', value: 1 }).execute()
  await expect(writing).rejects.toThrow('readonly')
})

test('throws for values that node:sqlite would bind as NULL', async () => {
  for (const value of [undefined, new Date(), true, { a: 1 }]) {
    await expect(sql`select ${value}`.execute(database.read)).rejects.toThrow('Not a value for the database')
  }
})

test('runs more different statements than the cache holds', async () => {
  for (let shape = 1; shape <= 250; shape++) {
    const names = Array.from({ length: shape }, (_, index) => String(index))
    expect(await database.read.selectFrom('counters').selectAll().where('name', 'in', names).execute()).toEqual([])
  }
})

async function count(name: string, where = database): Promise<void> {
  await where.write((transaction) =>
    transaction
      .insertInto('counters')
      .values({ name, value: 1 })
      .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })))
      .execute(),
  )
}

function values() {
  return database.read.selectFrom('counters').selectAll().execute()
}
