import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RegistryClient, registryClient } from './testing/registry-client.ts'
import { type StartedServer, signIn, type TestServers, testServers } from './testing/start-server.ts'

/*
 * Simulates a disk that fails or was remounted read-only: sets the file size limit of the process to 0, so that it
 * cannot write to files, but to pipes and sockets. Linux only, with prlimit of util-linux.
 */

const PASSWORD = 'correct horse battery'
const FAILING = 'The disk of the registry does not take writes. Nothing was stored.'

let servers: TestServers
let server: StartedServer
let client: RegistryClient

beforeAll(async () => {
  servers = await testServers()
  server = await servers.start({ CHARTROOM_ADMIN_PASSWORD: PASSWORD })
  client = await registryClient(server.url, PASSWORD)
  await client.namespace('team')
  expect((await client.push('team', { name: 'web', version: '1.0.0' })).status).toBe(201)
  for (const account of ['ann', 'bob']) {
    const made = await client.console('POST', '/console/accounts', {
      name: account,
      role: 'member',
      password: PASSWORD,
    })
    expect(made.status).toBe(200)
    const member = { account, role: 'maintainer', namespaces: ['team'] }
    const granted = await client.console('PUT', `/console/instances/${client.instance}/members`, member)
    expect(granted.status).toBe(200)
  }
  await limitFiles('0')
}, 60_000)
afterAll(() => servers[Symbol.asyncDispose]())

async function limitFiles(bytes: string): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`])
}

/** Sends a request with a name and a password that are not cached by the server. */
function basic(account: string, method: string, path: string, password = PASSWORD): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`
  return fetch(server.url + path, { method, headers: { authorization } })
}

test('reads succeed, with a password and with a session', async () => {
  expect((await basic('ann', 'GET', '/chartrepo/team/index.yaml')).status).toBe(200)
  expect((await basic('ann', 'GET', '/chartrepo/team/charts/web-1.0.0.tgz')).status).toBe(200)
  expect((await basic('ann', 'GET', '/service/token?service=chartroom&scope=repository:team/web:pull')).status).toBe(
    200,
  )
  expect((await basic('ann', 'GET', '/v2/team/web/manifests/1.0.0')).status).toBe(200)
  const list = await client.console('GET', `/v1/instances/${client.instance}/projects/team/charts`)
  expect(list.status).toBe(200)
})

test('guessing is still throttled', async () => {
  const guesses = Array.from({ length: 20 }, (_, guess) => `wrong ${guess}`)
  const answers = await Promise.all(guesses.map((guess) => basic('bob', 'GET', '/chartrepo/team/index.yaml', guess)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses).toContain(429)
  expect(statuses).not.toContain(200)
})

test('writes fail with 507 and the reason', async () => {
  const pushed = await client.basic('POST', '/api/chartrepo/team/charts', 'not an archive that gets that far')
  expect([pushed.status, await pushed.json()]).toEqual([
    507,
    { error: expect.stringContaining('The disk of the registry') },
  ])
  const removed = await client.basic('DELETE', '/api/chartrepo/team/charts/web/1.0.0')
  expect([removed.status, await removed.json()]).toEqual([507, { error: expect.stringContaining(FAILING) }])
  expect((await signIn(server.url, PASSWORD)).status).toBe(507)
  expect((await signIn(server.url, 'wrong')).status).toBe(401)
  const ready = await fetch(`${server.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.text()).toMatch(
    /^not ready: the database takes no writes: .*; the blob store takes no writes: .*\n$/,
  )
})

test('a server that cannot write exits at startup with the reason in one line', async () => {
  const options = { through: ['prlimit', '--fsize=0:'] }
  const refused = await servers.start({ CHARTROOM_DATA: `${servers.data}-new` }, options)
  expect(refused.printed).toMatch(/^chartroom: CHARTROOM_DATA is .*\n$/)
  expect(await refused.ended).toBe(1)
})

test('writes succeed again without a restart once the disk does, and no uploads are left', async () => {
  await limitFiles('unlimited')
  expect((await client.push('team', { name: 'web', version: '2.0.0' })).status).toBe(201)
  expect((await signIn(server.url, PASSWORD)).status).toBe(200)
  await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200)
  expect((await client.basic('DELETE', '/api/chartrepo/team/charts/web/1.0.0')).status).toBe(200)
  expect(await readdir(join(servers.data, 'blobs', 'uploads'))).toEqual([])
})
