import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { openFileBlobStore } from '../blobs/file-blob-store.ts'
import { openTestApp, type TestApp } from './testing/open-test-app.ts'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

test('is ready when the database and the blob store accept writes', async () => {
  const answer = await server.askAnonymously('GET', '/readyz')
  expect([answer.status, await answer.text()]).toEqual([200, 'ok\n'])
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('shares one check between concurrent requests, and leaves nothing behind', async () => {
  const log = join(server.folder, 'chartroom.db-wal')
  const { size: before } = await stat(log)
  const answers = await Promise.all(Array.from({ length: 200 }, () => server.askAnonymously('GET', '/readyz')))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  // One page of 4 KiB and its header of 24 bytes.
  expect((await stat(log)).size - before).toBe(4096 + 24)
  expect(await readdir(join(server.folder, 'blobs', 'uploads'))).toEqual([])
})

test('is not ready on a full disk, and gives the reason', async () => {
  const answer = await appOnFullDisk(server).then((app) => app.request('/readyz'))
  expect([answer.status, await answer.text()]).toEqual([
    503,
    'not ready: the blob store takes no writes: its disk is full\n',
  ])
  expect(server.logged).toMatchObject([{ msg: 'not ready', err: { type: 'StorageFullError' } }])
  expect((await server.askAnonymously('GET', '/healthz')).status).toBe(200)
})

test('is not ready when the folder of the blobs is missing', async () => {
  await rm(join(server.folder, 'blobs'), { recursive: true })
  const answer = await server.askAnonymously('GET', '/readyz')
  expect([answer.status, await answer.text()]).toEqual([503, 'not ready: the blob store cannot be used\n'])
})

test.each(['accounts', 'instances'] as const)('is not ready while the table %s is empty', async (table) => {
  await server.registry.database.write(async (transaction) => {
    if (table === 'accounts') await transaction.deleteFrom('sessions').execute()
    await transaction.deleteFrom(table).execute()
  })
  const answer = await server.askAnonymously('GET', '/readyz')
  expect([answer.status, await answer.text()]).toEqual([503, 'not ready: the first start is not complete\n'])
})

/** The same server with less free space than its reserve. */
async function appOnFullDisk({ context, folder }: TestApp) {
  const blobs = await openFileBlobStore(join(folder, 'blobs'), { reserve: Number.MAX_SAFE_INTEGER })
  return createApp({ ...context, registry: { ...context.registry, blobs } })
}
