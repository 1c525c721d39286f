import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blobStoreSuite } from './blob-store-suite.ts'
import { openFileBlobStore } from './file-blob-store.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-blobs-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

blobStoreSuite(() => openFileBlobStore(join(folder, 'blobs')))

test('files and folders are for this account alone', async () => {
  const root = join(folder, 'modes')
  const store = await openFileBlobStore(root)
  const { id } = await store.begin()
  await store.append(id, 0, bytes(), 100)
  expect((await stat(join(root, 'uploads', id))).mode & 0o777).toBe(0o600)
  const { digest } = await store.commit(id)
  const hex = digest.slice('sha256:'.length)
  expect((await stat(join(root, 'sha256', hex.slice(0, 2), hex))).mode & 0o777).toBe(0o600)
  for (const path of ['', 'uploads', 'sha256', join('sha256', hex.slice(0, 2))]) {
    expect((await stat(join(root, path))).mode & 0o777, path).toBe(0o700)
  }
  expect(await readdir(join(root, 'uploads'))).toEqual([])
})

test('a store whose folder is gone says so', async () => {
  const root = join(folder, 'gone')
  const store = await openFileBlobStore(root)
  await chmod(root, 0o700)
  await rm(root, { recursive: true })
  await expect(store.check()).rejects.toThrow('ENOENT')
})

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1, 2, 3])
}
