import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import {
  BlobNotFoundError,
  type BlobStore,
  BlobTooLargeError,
  type Digest,
  DigestMismatchError,
  type StoredBlob,
  UploadNotFoundError,
  UploadOffsetError,
} from './blob-store.ts'
import { sha256Digest } from './digest.ts'

/** Tests for every implementation of `BlobStore`. Each call of `open` opens the same store, like a new process. */
export function blobStoreSuite(open: () => Promise<BlobStore>): void {
  test('reads back a committed blob and a range of it', async () => {
    const store = await open()
    const { id } = await store.begin()
    expect(await store.append(id, 0, pieces('hello ', 'world'), 100)).toMatchObject({
      size: 11,
      digest: sha256Digest('hello world'),
    })
    expect(await store.commit(id, sha256Digest('hello world'))).toEqual({
      digest: sha256Digest('hello world'),
      size: 11,
    })
    expect(await store.size(sha256Digest('hello world'))).toBe(11)
    expect(await text(store, 'hello world')).toBe('hello world')
    const part = await store.read(sha256Digest('hello world'), 11, { first: 3, last: 6 })
    expect((await buffer(part)).toString()).toBe('lo w')
  })

  test('chunks of a stream keep their bytes while the rest is read', async () => {
    const store = await open()
    const { id } = await store.begin()
    const content = randomBytes(1024 * 1024)
    await store.append(id, 0, pieces(content), content.length)
    const { digest, size } = await store.commit(id)
    const chunks: Buffer[] = []
    for await (const chunk of await store.read(digest, size)) chunks.push(chunk)
    expect(chunks.length).toBeGreaterThan(1)
    expect(Buffer.concat(chunks).equals(content)).toBe(true)
  })

  test('commits an empty blob', async () => {
    const store = await open()
    const { id } = await store.begin()
    expect(await store.commit(id)).toEqual({ digest: sha256Digest(''), size: 0 })
    expect(await text(store, '')).toBe('')
  })

  test('another process can find, resume and commit an upload', async () => {
    const { id } = await (await open()).begin()
    await (await open()).append(id, 0, pieces('first '), 100)
    const store = await open()
    expect(await store.find(id)).toEqual({ id, size: 6, digest: null })
    expect(await store.append(id, 6, pieces('second'), 100)).toEqual({ id, size: 12, digest: null })
    expect(await store.commit(id, sha256Digest('first second'))).toEqual({
      digest: sha256Digest('first second'),
      size: 12,
    })
    expect(await text(store, 'first second')).toBe('first second')
  })

  test('rejects bytes that do not start at the end of the upload', async () => {
    const store = await open()
    const { id } = await store.begin()
    await store.append(id, 0, pieces('abc'), 100)
    await expect(store.append(id, 2, pieces('x'), 100)).rejects.toThrow(UploadOffsetError)
    await expect(store.append(id, 4, pieces('x'), 100)).rejects.toThrow(UploadOffsetError)
    expect(await store.find(id)).toMatchObject({ size: 3 })
  })

  test('rejects an upload above the limit and accepts one of exactly that size', async () => {
    const store = await open()
    const exact = await store.begin()
    expect(await store.append(exact.id, 0, pieces('12', '345'), 5)).toMatchObject({ size: 5 })
    const over = await store.begin()
    await expect(store.append(over.id, 0, pieces('12', '345', '6'), 5)).rejects.toThrow(BlobTooLargeError)
    await store.abort(over.id)
    await store.abort(exact.id)
  })

  test('resumes an upload after its stream failed', async () => {
    const store = await open()
    const { id } = await store.begin()
    await expect(store.append(id, 0, broken('part'), 100)).rejects.toThrow('the line is dead')
    expect(await store.find(id)).toMatchObject({ size: 4 })
    await store.append(id, 4, pieces('ial'), 100)
    expect(await store.commit(id, sha256Digest('partial'))).toMatchObject({ size: 7 })
  })

  test('rejects concurrent writes to one upload', async () => {
    const store = await open()
    const { id } = await store.begin()
    const results = await Promise.allSettled([
      store.append(id, 0, pieces('a', 'a', 'a'), 100),
      store.append(id, 0, pieces('b', 'b', 'b'), 100),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(['aaa', 'bbb'].map(sha256Digest)).toContain((await store.commit(id)).digest)
  })

  test('rejects an unexpected digest', async () => {
    const store = await open()
    const { id } = await store.begin()
    await store.append(id, 0, pieces('this'), 100)
    await expect(store.commit(id, sha256Digest('that'))).rejects.toThrow(DigestMismatchError)
    await expect(store.size(sha256Digest('this'))).rejects.toThrow(BlobNotFoundError)
    await store.abort(id)
  })

  test('commits the same blob again', async () => {
    const store = await open()
    for (let round = 0; round < 2; round++) {
      const { id } = await store.begin()
      await store.append(id, 0, pieces('twice'), 100)
      expect(await store.commit(id)).toEqual({ digest: sha256Digest('twice'), size: 5 })
    }
    expect(await text(store, 'twice')).toBe('twice')
  })

  test('throws for missing blobs and uploads, except when deleting them', async () => {
    const store = await open()
    await expect(store.size(sha256Digest('nowhere'))).rejects.toThrow(BlobNotFoundError)
    await expect(store.read(sha256Digest('nowhere'), 7)).rejects.toThrow(BlobNotFoundError)
    await expect(store.find('0'.repeat(32))).rejects.toThrow(UploadNotFoundError)
    await expect(store.append('0'.repeat(32), 0, pieces('x'), 1)).rejects.toThrow(UploadNotFoundError)
    await expect(store.commit('0'.repeat(32))).rejects.toThrow(UploadNotFoundError)
    await store.abort('0'.repeat(32))
    await store.remove(sha256Digest('nowhere'))
  })

  test('invalid IDs and digests never become paths', async () => {
    const store = await open()
    await expect(store.find('../sha256')).rejects.toThrow(UploadNotFoundError)
    await expect(store.abort('../../x')).rejects.toThrow(UploadNotFoundError)
    await expect(store.read('sha256:../../../etc/passwd', 1)).rejects.toThrow(BlobNotFoundError)
    await expect(store.remove(`sha256:${'A'.repeat(64)}`)).rejects.toThrow(BlobNotFoundError)
  })

  test('treats a blob of an unexpected size as missing', async () => {
    const store = await open()
    const { id } = await store.begin()
    await store.append(id, 0, pieces('eleven bytes'), 100)
    const { digest } = await store.commit(id)
    await expect(store.read(digest, 11)).rejects.toThrow(BlobNotFoundError)
    await expect(store.read(digest, 13, { first: 0, last: 3 })).rejects.toThrow(BlobNotFoundError)
  })

  test('lists the blobs in the order of their digests, without uploads', async () => {
    const store = await open()
    const before = Date.now()
    const sizes = new Map<Digest, number>()
    for (const text of ['one', 'two', 'three', 'four']) {
      const { id } = await store.begin()
      await store.append(id, 0, pieces(text), 100)
      sizes.set((await store.commit(id)).digest, text.length)
    }
    await store.begin()
    const listed: StoredBlob[] = []
    for await (const page of store.list()) listed.push(...page)
    expect(listed.map(({ digest }) => digest)).toEqual(listed.map(({ digest }) => digest).sort())
    for (const [digest, size] of sizes) {
      const blob = listed.find((each) => each.digest === digest)
      expect(blob?.size).toBe(size)
      // Times of files are coarser than those of the clock.
      expect(Date.parse(blob?.committedAt ?? '')).toBeGreaterThan(before - 2000)
    }
  })

  test('removes blobs, and uploads after their commit', async () => {
    const store = await open()
    const { id } = await store.begin()
    await store.append(id, 0, pieces('short-lived'), 100)
    await store.commit(id)
    await store.remove(sha256Digest('short-lived'))
    await expect(store.size(sha256Digest('short-lived'))).rejects.toThrow(BlobNotFoundError)
    await expect(store.find(id)).rejects.toThrow(UploadNotFoundError)
  })

  test('discards only abandoned uploads', async () => {
    const store = await open()
    const { id } = await store.begin()
    await store.append(id, 0, pieces('left behind'), 100)
    expect(await store.discardUploads(new Date(Date.now() - 60_000).toISOString())).toBe(0)
    expect(await store.find(id)).toMatchObject({ size: 11 })
    expect(await store.discardUploads(new Date(Date.now() + 60_000).toISOString())).toBeGreaterThanOrEqual(1)
    await expect(store.find(id)).rejects.toThrow(UploadNotFoundError)
  })

  test('check() succeeds for a writable store', async () => {
    await (await open()).check()
  })
}

async function* pieces(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part
}

async function* broken(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
  throw new Error('the line is dead')
}

async function text(store: BlobStore, content: string): Promise<string> {
  return (await buffer(await store.read(sha256Digest(content), Buffer.byteLength(content)))).toString()
}
