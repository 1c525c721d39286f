import { existsSync } from 'node:fs'
import { cp, mkdir, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registryClient } from './testing/registry-client.ts'
import { type TestServers, testServers } from './testing/start-server.ts'

const PASSWORD = 'correct horse battery'

let servers: TestServers
/** Data folder of a stopped server, with a chart and an encrypted secret. */
let full: string

beforeAll(async () => {
  servers = await testServers()
  full = servers.data
  const { url, stop } = await servers.start({ CHARTROOM_ADMIN_PASSWORD: PASSWORD })
  const client = await registryClient(url, PASSWORD)
  await client.namespace('team')
  expect((await client.push('team', { name: 'web', version: '1.0.0' })).status).toBe(201)
  expect(await stop()).toBe(0)
}, 60_000)
afterAll(() => servers[Symbol.asyncDispose]())

/** Starts a server on a copy of the full folder after applying `damage`. Returns the copy, exit code and output. */
async function startOn(name: string, damage: (folder: string) => Promise<void>, env: Record<string, string> = {}) {
  const folder = `${full}-${name}`
  await cp(full, folder, { recursive: true })
  await damage(folder)
  const before = await contents(folder)
  const server = await servers.start({ CHARTROOM_DATA: folder, ...env })
  // Stops a server that started nevertheless.
  const code = server.url ? await server.stop('SIGKILL') : await server.ended
  return { folder, code, printed: server.printed, before }
}

/** Returns the sizes of the files that a failed start must not change, by their path. */
async function contents(folder: string): Promise<Record<string, number>> {
  const names = await readdir(folder, { recursive: true })
  const unchangeable = names.filter((name) => /^(chartroom\.db|secret-key|blobs.sha256.*)$/.test(name))
  return Object.fromEntries(
    await Promise.all(unchangeable.map(async (name) => [name, (await stat(join(folder, name))).size])),
  )
}

const database = (folder: string) => join(folder, 'chartroom.db')
const key = (folder: string) => join(folder, 'secret-key')

describe('exits at startup with one line of advice and changes nothing', () => {
  test.each([
    [
      'an-empty-database',
      /archives in .*blobs but an empty database: restore .*chartroom\.db from a backup/,
      async (folder: string) => truncate(database(folder), 0),
    ],
    [
      'no-database',
      /archives in .*blobs but an empty database: restore .*chartroom\.db from a backup/,
      async (folder: string) => rm(database(folder)),
    ],
    [
      'an-empty-key',
      /secret-key is empty: restore that file from a backup/,
      async (folder: string) => truncate(key(folder), 0),
    ],
    [
      'a-key-of-white-space',
      /secret-key is empty: restore/,
      async (folder: string) => writeFile(key(folder), `${' '.repeat(43)}\n`),
    ],
    [
      'a-short-key',
      /secret-key has 31 characters, fewer than 32: restore/,
      async (folder: string) => writeFile(key(folder), 'k'.repeat(31)),
    ],
    [
      'no-key',
      /secret-key is missing, .*sealed under it: restore that file from a backup, or set CHARTROOM_SECRET/,
      async (folder: string) => rm(key(folder)),
    ],
    [
      'another-key',
      /secret-key is not the key .*: put the right one back/,
      async (folder: string) => writeFile(key(folder), 'k'.repeat(43)),
    ],
    [
      'a-key-that-is-a-folder',
      /part of which cannot be used: move what is in the way/,
      async (folder: string) => {
        await rm(key(folder))
        await mkdir(key(folder))
      },
    ],
    [
      'a-newer-database',
      /written by a newer Chartroom \(it has the migration 999-future\): start that version/,
      async (folder: string) => {
        using opened = new DatabaseSync(database(folder))
        opened.exec(`insert into kysely_migration values ('999-future', '2027-01-01T00:00:00.000Z')`)
      },
    ],
    [
      'a-damaged-header',
      /whose database is damaged \(.*\): restore the folder from a backup/,
      async (folder: string) => overwrite(database(folder), 0, 16),
    ],
    [
      'damaged-pages',
      /whose database is damaged \(.*\): restore the folder from a backup/,
      async (folder: string) => {
        for (let page = 8; page * 4096 < (await stat(database(folder))).size; page += 3)
          await overwrite(database(folder), page * 4096, 4096)
      },
    ],
    [
      'a-database-that-is-a-folder',
      /^chartroom: CHARTROOM_DATA is .*: .*/,
      async (folder: string) => {
        await rm(database(folder))
        await mkdir(database(folder))
      },
    ],
    [
      'blobs-that-are-a-file',
      /part of which cannot be used: move what is in the way/,
      async (folder: string) => {
        await rename(join(folder, 'blobs'), join(folder, 'moved'))
        await writeFile(join(folder, 'blobs'), '')
      },
    ],
    [
      'a-lock-that-is-a-folder',
      /must be a folder that can be written to/,
      async (folder: string) => {
        await rm(join(folder, 'lock'))
        await mkdir(join(folder, 'lock'))
      },
    ],
  ])('%s', async (name, line, damage) => {
    const { folder, code, printed, before } = await startOn(name, damage)
    expect(printed).toMatch(/^chartroom: .*\.\n$/)
    expect(printed).toMatch(line)
    expect(code).toBe(1)
    expect(await contents(folder)).toEqual(before)
  })

  test('password file of the administrator that is a folder', async () => {
    const { code, printed } = await startOn('a-password-that-is-a-folder', (folder) =>
      mkdir(join(folder, 'admin-password')),
    )
    expect(printed).toMatch(/^chartroom: .*part of which cannot be used.*\n$/)
    expect(code).toBe(1)
  })

  test('does not delete the log of a lost database', async () => {
    const { folder } = await startOn('a-log-without-its-database', async (copy) => {
      await rm(database(copy))
      await writeFile(`${database(copy)}-wal`, 'committed transactions')
    })
    expect(await readFile(`${database(folder)}-wal`, 'utf8')).toBe('committed transactions')
  })

  test('an empty key in a folder without a database', async () => {
    const folder = `${full}-new`
    await mkdir(folder)
    await writeFile(key(folder), '')
    const server = await servers.start({ CHARTROOM_DATA: folder })
    expect(server.printed).toMatch(
      /^chartroom: .*secret-key is empty: delete it, and the next start makes a new key\.\n$/,
    )
    expect(await server.ended).toBe(1)
  })

  test('an empty secret', async () => {
    const server = await servers.start({ CHARTROOM_SECRET: '' })
    expect(server.printed).toBe('chartroom: CHARTROOM_SECRET is set but empty: give it a value, or unset it.\n')
    expect(await server.ended).toBe(1)
  })
})

test('rejects a database without tables if blobs exist, also at the next start', async () => {
  const { folder, code, printed } = await startOn('a-database-without-tables', async (copy) => {
    await rm(database(copy))
    using made = new DatabaseSync(database(copy))
    made.exec('pragma journal_mode = wal')
  })
  expect(printed).toMatch(/^chartroom: .*archives in .*blobs but an empty database: restore .*\n$/)
  expect(code).toBe(1)
  const again = await servers.start({ CHARTROOM_DATA: folder })
  expect(again.printed).toBe(printed)
})

test('creates no key file if CHARTROOM_SECRET is set at the first start', async () => {
  const env = { CHARTROOM_DATA: `${full}-sealed`, CHARTROOM_SECRET: 'something that cannot be guessed' }
  expect(await (await servers.start(env)).stop()).toBe(0)
  expect(existsSync(key(env.CHARTROOM_DATA))).toBe(false)
  expect((await servers.start(env)).url).toMatch(/^http:/)
})

async function overwrite(path: string, position: number, length: number): Promise<void> {
  await using file = await open(path, 'r+')
  // Not zeros, which may be valid as unused pages of SQLite.
  await file.write(Buffer.alloc(length, 'X'), 0, length, position)
}
