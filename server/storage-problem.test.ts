import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { storageProblem } from './storage-problem.ts'

test.each([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EFBIG', 'full'],
  ['EROFS', 'read-only'],
  ['EIO', 'failing'],
  ['ENOENT', undefined],
  ['ECONNRESET', undefined],
])('maps %s of the file system to %s', (code, problem) => {
  expect(storageProblem(Object.assign(new Error(code), { code }))).toBe(problem)
})

test.each([
  ['SQLITE_FULL', 13, 'full'],
  ['SQLITE_READONLY', 8, 'read-only'],
  ['SQLITE_READONLY_DBMOVED', 1032, 'read-only'],
  ['SQLITE_IOERR_WRITE', 778, 'failing'],
  ['SQLITE_IOERR_READ', 266, undefined],
  ['SQLITE_CORRUPT', 11, undefined],
  ['SQLITE_BUSY', 5, undefined],
])('maps %s (%s) to %s', (name, errcode, problem) => {
  expect(storageProblem(Object.assign(new Error(name), { code: 'ERR_SQLITE_ERROR', errcode }))).toBe(problem)
})

test('recognizes errors of node:sqlite', () => {
  using database = new DatabaseSync(':memory:')
  database.exec('create table t (text text); pragma max_page_count = 3')
  expect(thrownBy(() => database.exec(`insert into t values (hex(randomblob(100000)))`))).toBe('full')
  database.exec('pragma query_only = 1')
  expect(thrownBy(() => database.exec(`insert into t values ('x')`))).toBe('read-only')
  expect(thrownBy(() => database.exec('select nothing'))).toBeUndefined()
})

test('returns undefined for other errors', () => {
  for (const thrown of [new Error('full'), 'ENOSPC', undefined, null]) expect(storageProblem(thrown)).toBeUndefined()
})

function thrownBy(work: () => void): string | undefined {
  try {
    work()
  } catch (error) {
    return storageProblem(error)
  }
  throw new Error('It did not throw.')
}
