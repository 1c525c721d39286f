import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openSqlite } from './database.ts'
import { prepared } from './prepared.ts'

let folder: string
let database: Database

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-db-'))
  database = await openSqlite(join(folder, 'chartroom.db'))
  await database.write((transaction) =>
    transaction
      .insertInto('counters')
      .values(['a', 'b', 'c', 'd'].map((name, value) => ({ name, value })))
      .execute(),
  )
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

let built = 0
const countersFrom = prepared((db, { least, offset }: { least: number; offset: number }) => {
  built += 1
  return db
    .selectFrom('counters')
    .selectAll()
    .where('value', '>=', least)
    .where('name', '!=', 'c')
    .orderBy('name')
    .limit(2)
    .offset(offset)
})

test('compiles a query once and runs it with different values', async () => {
  const names = async (least: number, offset: number) =>
    (await countersFrom(database.read, { least, offset })).map(({ name }) => name)
  expect(await names(0, 0)).toEqual(['a', 'b'])
  expect(await names(1, 0)).toEqual(['b', 'd'])
  expect(await names(0, 2)).toEqual(['d'])
  expect(built).toBe(1)
})

test('sees uncommitted writes of its own transaction', async () => {
  const seen = await database.write(async (transaction) => {
    await transaction.insertInto('counters').values({ name: 'e', value: 9 }).execute()
    return countersFrom(transaction, { least: 9, offset: 0 })
  })
  expect(seen).toEqual([{ name: 'e', value: 9 }])
})
