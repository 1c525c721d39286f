import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeArchive, makeTar } from '../../../chart/testing/make-archive.ts'
import { makeChart } from '../../../chart/testing/make-chart.ts'

import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { stageArchive } from './stage-archive.ts'

const LIMIT = 300_000

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry({ maxUploadBytes: LIMIT })
})
afterEach(async () => {
  await store.close()
})

test('parses and stores an archive in chunks of any size', async () => {
  const chart = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'files/noise': randomBytes(100_000) } })
  for (const size of [1_000_000, 4096, 1000]) {
    const staged = await stageArchive(store.registry, pieces(chart.bytes, size))
    expect(staged).toMatchObject({ size: chart.bytes.length, sha256: chart.sha256, metadata: { name: 'nginx' } })
    await store.registry.blobs.commit(staged.upload)
    const stored = await buffer(await store.registry.blobs.read(`sha256:${chart.sha256}`, chart.bytes.length))
    expect(stored.equals(chart.bytes)).toBe(true)
  }
})

test('stores the bytes after the end of the tar', async () => {
  const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0' })
  for (const tail of [randomBytes(150_000), gzipSync(randomBytes(150_000)), new Uint8Array(10)]) {
    const staged = await stageArchive(store.registry, pieces(Buffer.concat([bytes, tail]), 10_000))
    expect(staged.size).toBe(bytes.length + tail.length)
  }
})

test('accepts an archive truncated after the end of its tar, as helm does', async () => {
  const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0' })
  expect(await stageArchive(store.registry, pieces(bytes.subarray(0, -8), 100))).toMatchObject({
    size: bytes.length - 8,
  })
})

test('accepts an archive of several gzip members', async () => {
  const tar = makeTar([{ name: 'c/Chart.yaml', body: 'apiVersion: v2\nname: c\nversion: 1.0.0\n' }])
  const bytes = Buffer.concat([gzipSync(tar.subarray(0, 600)), gzipSync(tar.subarray(600))])
  expect(await stageArchive(store.registry, pieces(bytes, 50))).toMatchObject({
    metadata: { name: 'c', version: '1.0.0' },
  })
})

test('rejects an archive that helm rejects and leaves no upload', async () => {
  const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'files/noise': randomBytes(100_000) } })
  const cases: [string, Uint8Array][] = [
    ['not-gzip', Buffer.from('PK\x03\x04 not a chart')],
    ['not-gzip', Buffer.alloc(0)],
    ['damaged-archive', bytes.subarray(0, bytes.length - 5000)],
    ['damaged-archive', Buffer.concat([bytes.subarray(0, 30), Buffer.alloc(100, 0xff), bytes.subarray(130)])],
    ['chart-yaml-missing', await makeArchive([{ name: 'c/values.yaml', body: 'a: 1\n' }])],
    ['version-invalid', (await makeChart({ name: 'nginx', version: 'latest' })).bytes],
    ['file-name-unsafe', await makeArchive([{ name: 'c/Chart.yaml', body: 'name: a\\b\nversion: 1.0.0\n' }])],
  ]
  for (const [code, archive] of cases) {
    const refused = stageArchive(store.registry, pieces(archive, 1000))
    await expect(refused, code).rejects.toMatchObject({ code: 'chart-refused', problem: { code } })
    expect(await uploads()).toEqual([])
  }
})

test('stops reading an archive once it is rejected', async () => {
  let given = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    while (true) {
      given++
      yield Buffer.alloc(1000, 'x')
    }
  }
  await expect(stageArchive(store.registry, endless())).rejects.toMatchObject({ problem: { code: 'not-gzip' } })
  expect(given).toBeLessThan(100)
})

test('rejects an archive larger than the limit, also if only trailing data exceeds it', async () => {
  const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0' })
  const noise = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'files/noise': randomBytes(LIMIT) } })
  const tooLong = [noise.bytes, Buffer.concat([bytes, randomBytes(LIMIT)])]
  for (const archive of tooLong) {
    const refused = stageArchive(store.registry, pieces(archive, 5000))
    await expect(refused).rejects.toMatchObject({
      code: 'archive-too-large',
      kind: 'too-large',
      params: { limit: LIMIT },
    })
    expect(await uploads()).toEqual([])
  }
  const exact = Buffer.concat([bytes, randomBytes(LIMIT - bytes.length)])
  expect(await stageArchive(store.registry, pieces(exact, 5000))).toMatchObject({ size: LIMIT })
})

test('rethrows the error of an aborted connection and leaves no upload', async () => {
  const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'files/noise': randomBytes(100_000) } })
  for (const end of [100, 50_000, bytes.length]) {
    const broken = (async function* () {
      yield* pieces(bytes.subarray(0, end), 1000)
      throw new Error('the line is dead')
    })()
    await expect(stageArchive(store.registry, broken)).rejects.toThrow('the line is dead')
    expect(await uploads()).toEqual([])
  }
})

async function uploads(): Promise<string[]> {
  return readdir(join(store.folder, 'blobs', 'uploads'))
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}
