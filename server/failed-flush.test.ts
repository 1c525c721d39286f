import { createHash } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RegistryClient, registryClient } from './testing/registry-client.ts'
import { type StartedServer, type TestServers, testServers } from './testing/start-server.ts'

const PASSWORD = 'correct horse battery'

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

/** Makes the next flush of this kind fail. */
function fail(kind: 'log' | 'folder' | 'file'): Promise<void> {
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
