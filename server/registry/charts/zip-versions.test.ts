import { createHash } from 'node:crypto'
import { readdir, readlink } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { zipVersions } from './zip-versions.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.namespace('team')
  await store.publish('team', { name: 'nginx', version: '1.0.0' }, makeProvenance)
  store.pass(60_000)
  await store.publish('team', { name: 'nginx', version: '1.1.0+build.7' })
})
afterEach(() => store.close())

const both = { namespace: 'team', chart: 'nginx', versions: ['1.1.0+build.7', '1.0.0'] }

test('contains archives, provenance files and checksums in the requested order, with the announced length', async () => {
  const { length, bytes } = await zipOf(both.versions)
  expect(bytes.length).toBe(length)
  const entries = await unzip(bytes)
  expect([...entries.keys()]).toEqual([
    'nginx-1.1.0+build.7.tgz',
    'nginx-1.0.0.tgz',
    'nginx-1.0.0.tgz.prov',
    'SHA256SUMS',
  ])
  const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  expect(entries.get('nginx-1.0.0.tgz')?.body.equals(chart.bytes)).toBe(true)
  expect(entries.get('nginx-1.0.0.tgz.prov')?.body.toString()).toBe(makeProvenance(chart))
  const sums = [...entries].slice(0, 3).map(([name, { body }]) => `${sha256(body)}  ${name}\n`)
  expect(entries.get('SHA256SUMS')?.body.toString()).toBe(sums.join(''))
})

test('entries are uncompressed, world-readable, and have the time of publication', async () => {
  const entries = await unzip((await zipOf(both.versions)).bytes)
  for (const { entry } of entries.values()) {
    expect(entry.compressionMethod).toBe(0)
    expect(entry.externalFileAttributes >>> 16).toBe(0o100644)
  }
  expect(entries.get('nginx-1.0.0.tgz')?.entry.getLastModDate().toISOString()).toBe('2026-11-20T08:00:00.000Z')
  expect(entries.get('SHA256SUMS')?.entry.getLastModDate().toISOString()).toBe('2026-11-20T08:01:00.000Z')
})

test('is reproducible and ignores repeated versions', async () => {
  const [one, two] = [await zipOf(['1.0.0', '1.0.0']), await zipOf(['1.0.0'])]
  expect(one.bytes.equals(two.bytes)).toBe(true)
})

test('announces the exact length for long names', async () => {
  const name = 'n'.repeat(1500)
  const versions = Array.from({ length: 50 }, (_, index) => `1.${index}.0`)
  for (const version of versions) await store.publish('team', { name: 'c', version, metadata: { name } })
  const { length, stream } = await zipVersions(store.registry, store.call, { namespace: 'team', chart: name, versions })
  const bytes = await buffer(stream)
  expect(bytes.length).toBe(length)
  expect((await unzip(bytes)).size).toBe(51)
})

test('throws for a missing namespace, chart or version', async () => {
  const zip = (change: Partial<typeof both>) => zipVersions(store.registry, store.call, { ...both, ...change })
  await expect(zip({ namespace: 'nowhere' })).rejects.toMatchObject({ code: 'namespace-missing' })
  await expect(zip({ chart: 'apache' })).rejects.toMatchObject({ code: 'chart-missing', params: { chart: 'apache' } })
  await expect(zip({ versions: ['1.0.0', '8.0.0', '9.0.0'] })).rejects.toMatchObject({
    code: 'version-missing',
    params: { version: '8.0.0' },
  })
})

test('opens no file before the stream is read, and closes files when the stream is destroyed', async () => {
  const before = await zipVersions(store.registry, store.call, both)
  expect(await openBlobs()).toEqual([])
  before.stream.destroy()
  const { stream } = await zipVersions(store.registry, store.call, both)
  for await (const _ of stream) break
  await expect.poll(openBlobs).toEqual([])
})

test('the stream fails if a blob disappears before it is read', async () => {
  const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
  const { stream } = await zipVersions(store.registry, store.call, both)
  await store.registry.blobs.remove(`sha256:${chart.sha256}`)
  await expect(buffer(stream)).rejects.toMatchObject({
    code: 'blob-lost',
    params: { digest: `sha256:${chart.sha256}` },
  })
})

async function zipOf(versions: string[]): Promise<{ length: number; bytes: Buffer }> {
  const { length, stream } = await zipVersions(store.registry, store.call, { ...both, versions })
  return { length, bytes: await buffer(stream) }
}

async function unzip(bytes: Buffer): Promise<Map<string, { entry: Entry; body: Buffer }>> {
  const file = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  const entries = new Map<string, { entry: Entry; body: Buffer }>()
  return new Promise((resolve, reject) => {
    file.on('error', reject).on('end', () => resolve(entries))
    file.on('entry', (entry: Entry) => {
      file.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error)
        entries.set(entry.fileName, { entry, body: await buffer(stream) })
        file.readEntry()
      })
    })
    file.readEntry()
  })
}

/** Returns the open files of the blob store in this process; empty on systems other than Linux. */
async function openBlobs(): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd').catch(() => [])
  const paths = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return paths.filter((path) => path.includes(`${store.folder}/blobs/`))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
