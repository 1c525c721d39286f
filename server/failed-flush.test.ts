import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RegistryClient, registryClient } from './testing/registry-client.ts'
import { type StartedServer, type TestServers, testServers } from './testing/start-server.ts'

const PASSWORD = 'correct horse battery'
const IMAGE = 'application/vnd.oci.image.manifest.v1+json'

let servers: TestServers
let server: StartedServer
let client: RegistryClient

beforeEach(async () => {
  servers = await testServers()
  server = await start()
  client = await registryClient(server.url, PASSWORD)
  await client.namespace('team')
  expect((await client.push('team', { name: 'web', version: '1.0.0' })).status).toBe(201)
}, 60_000)
afterEach(() => servers[Symbol.asyncDispose]())

function start(): Promise<StartedServer> {
  const preload = fileURLToPath(new URL('testing/failing-flush.mjs', import.meta.url))
  const env = { CHARTROOM_ADMIN_PASSWORD: PASSWORD, TEST_FAILING_FLUSH: `${servers.data}-failing` }
  return servers.start(env, { node: [`--import=${preload}`] })
}

/** Makes the next flush of this kind fail, or the next checkpoint with this code of SQLite. */
function fail(kind: 'log' | 'folder' | 'file' | `checkpoint ${number}`): Promise<void> {
  return writeFile(`${servers.data}-failing`, kind)
}

async function versions(): Promise<string[]> {
  const index = await (await client.basic('GET', '/chartrepo/team/index.yaml')).text()
  return [...index.matchAll(/web-(\d\.\d\.\d)\.tgz/g)].map(([, version]) => version ?? '').sort()
}

test.each(['log', 'folder'] as const)('exits if the %s cannot be flushed, and restarts consistently', async (kind) => {
  await fail(kind)
  // Sends no response: it is unknown whether the write has reached the disk.
  await expect(client.push('team', { name: 'web', version: '2.0.0' })).rejects.toThrow()
  expect(await server.ended).toBe(1)
  const lines = server.said().slice(server.printed.length).trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 60, msg: 'flush failed: the disk may have lost writes' })

  server = await start()
  client = await registryClient(server.url, PASSWORD)
  expect(await versions()).toContain('1.0.0')
  expect((await client.push('team', { name: 'web', version: '3.0.0' })).status).toBe(201)
  expect(await versions()).toEqual(expect.arrayContaining(['1.0.0', '3.0.0']))
})

/** Pushes manifests whose rows fill the log of the database, until the connection ends or a checkpoint is due. */
async function fillLog(): Promise<void> {
  for (let megabytes = 0; megabytes < 20; megabytes += 4) {
    const config = { mediaType: 'a/b', digest: `sha256:${createHash('sha256').update('{}').digest('hex')}`, size: 2 }
    await client.basic('POST', `/v2/team/note/blobs/uploads/?digest=${config.digest}`, '{}')
    const annotations = { id: randomUUID(), note: 'x'.repeat(4_100_000) }
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config, layers: [], annotations })
    const digest = createHash('sha256').update(manifest).digest('hex')
    const body = new Blob([manifest], { type: IMAGE })
    const pushed = await client.basic('PUT', `/v2/team/note/manifests/sha256:${digest}`, body)
    expect(pushed.status).toBe(201)
  }
}

test('exits if a checkpoint cannot flush the database, and restarts consistently', async () => {
  await fail('checkpoint 1034')
  // The last of the pushes may have been answered or not.
  await fillLog().catch(() => undefined)
  expect(await server.ended).toBe(1)
  expect(server.said()).toContain('flush failed: the disk may have lost writes')
  server = await start()
  client = await registryClient(server.url, PASSWORD)
  expect(await versions()).toEqual(['1.0.0'])
})

test('repeats a checkpoint later if the disk was full', async () => {
  await fail('checkpoint 13')
  await fillLog()
  await expect.poll(() => existsSync(`${servers.data}-failing`)).toBe(false)
  await fillLog()
  await expect.poll(async () => (await stat(join(servers.data, 'chartroom.db'))).size).toBeGreaterThan(16 * 1024 ** 2)
  expect((await client.push('team', { name: 'web', version: '2.0.0' })).status).toBe(201)
  expect(await versions()).toEqual(['1.0.0', '2.0.0'])
})

test('rejects and discards an archive that cannot be flushed, without affecting others', async () => {
  await fail('file')
  expect((await client.push('team', { name: 'web', version: '2.0.0' })).status).toBe(507)
  expect(await versions()).toEqual(['1.0.0'])
  expect(await readdir(join(servers.data, 'blobs', 'uploads'))).toEqual([])
  expect((await client.push('team', { name: 'web', version: '2.0.0' })).status).toBe(201)
  expect(await versions()).toEqual(['1.0.0', '2.0.0'])
})

test('does not commit a blob that could not be flushed when the client retries', async () => {
  const { headers } = await client.basic('POST', '/v2/team/web/blobs/uploads/')
  const digest = createHash('sha256').update('layer').digest('hex')
  await fail('file')
  const finish = () => client.basic('PUT', `${headers.get('location')}?digest=sha256:${digest}`, 'layer')
  expect((await finish()).status).toBe(507)
  expect((await finish()).status).toBe(404)
  expect((await client.basic('HEAD', `/v2/team/web/blobs/sha256:${digest}`)).status).toBe(404)
})
