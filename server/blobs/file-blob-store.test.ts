import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BlobStore, Digest } from './blob-store.ts'
import { blobStoreSuite } from './blob-store-suite.ts'
import { hexOfDigest } from './digest.ts'
import { openFileBlobStore } from './file-blob-store.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-blobs-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

blobStoreSuite(() => openFileBlobStore(join(folder, 'blobs')))

test('files and folders are accessible only to this account', async () => {
  const root = join(folder, 'modes')
  const store = await openFileBlobStore(root)
  const { id } = await store.begin()
  await store.append(id, 0, bytes(), 100)
  expect((await stat(join(root, 'uploads', id))).mode & 0o777).toBe(0o600)
  const { digest } = await store.commit(id)
  const hex = hexOfDigest(digest)
  expect((await stat(join(root, 'sha256', hex.slice(0, 2), hex))).mode & 0o777).toBe(0o600)
  for (const path of ['', 'uploads', 'sha256', join('sha256', hex.slice(0, 2))]) {
    expect((await stat(join(root, path))).mode & 0o777, path).toBe(0o700)
  }
  expect(await readdir(join(root, 'uploads'))).toEqual([])
})

test('concurrent readers get their own bytes, even if some stop early', async () => {
  const store = await openFileBlobStore(join(folder, 'readers'))
  const blobs = await Promise.all(Array.from({ length: 8 }, (_, number) => filledBlob(store, 300_000, number)))
  const read = async (turn: number) => {
    const number = turn % blobs.length
    let left = turn % 3 === 0 ? 1 : Number.POSITIVE_INFINITY
    for await (const piece of await store.readInPlace(blobs[number] ?? 'sha256:', 300_000)) {
      await setImmediate()
      expect(piece.every((byte) => byte === number)).toBe(true)
      if (--left === 0) return
    }
  }
  await Promise.all(Array.from({ length: 90 }, (_, turn) => read(turn)))
})

test('a reader that stops during the first read does not affect other readers', async () => {
  const store = await openFileBlobStore(join(folder, 'leavers'))
  const [first, second] = [await filledBlob(store, 100_000, 0), await filledBlob(store, 100_000, 1)]
  for (let round = 0; round < 20; round++) {
    const leaver = (await store.readInPlace(first, 100_000))[Symbol.asyncIterator]()
    const [left] = await Promise.all([leaver.next(), leaver.return?.()])
    expect(left.done).toBe(true)
    const stayer = await buffer(await store.read(second, 100_000))
    expect(stayer.every((byte) => byte === 1)).toBe(true)
  }
})

test('check() fails if the folder of the store was removed', async () => {
  const root = join(folder, 'gone')
  const store = await openFileBlobStore(root)
  await chmod(root, 0o700)
  await rm(root, { recursive: true })
  await expect(store.check()).rejects.toThrow('ENOENT')
})

async function filledBlob(store: BlobStore, size: number, byte: number): Promise<Digest> {
  const { id } = await store.begin()
  await store.append(id, 0, filled(size, byte), size)
  return (await store.commit(id)).digest
}

async function* filled(size: number, byte: number): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(size, byte)
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1, 2, 3])
}
