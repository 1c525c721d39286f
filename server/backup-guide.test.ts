import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestChart } from '../chart/testing/make-chart.ts'
import { type RegistryClient, registryClient } from './testing/registry-client.ts'
import { type TestServers, testServers } from './testing/start-server.ts'

const PASSWORD = 'correct horse battery'
const ENV = { CHARTROOM_ADMIN_PASSWORD: PASSWORD, CHARTROOM_RATE_LIMIT: '0' }
/** Number of concurrent pushes. */
const PUSHERS = 4

let servers: TestServers

beforeEach(async () => {
  servers = await testServers()
})
afterEach(() => servers[Symbol.asyncDispose]())

/** Returns the commands of a section of docs/backup.md. */
async function commandsOf(section: string): Promise<string> {
  const guide = await readFile(new URL('../docs/backup.md', import.meta.url), 'utf8')
  const commands = guide
    .split('\n## ')
    .find((text) => text.startsWith(section))
    ?.match(/```sh\n(.*?)```/s)?.[1]
  if (!commands) throw new Error(`docs/backup.md has no commands under “${section}”.`)
  return commands
}

/** Runs shell commands in the parent of the data folder, with the same Node as the test. */
async function run(commands: string): Promise<void> {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`
  await promisify(execFile)('sh', ['-ec', commands], { cwd: dirname(servers.data), env: { PATH: path } })
}

/** Pushes charts until `isOver`, and calls `acknowledged` after each. */
async function pushCharts(
  client: RegistryClient,
  pusher: number,
  isOver: () => boolean,
  acknowledged: (chart: TestChart) => void,
): Promise<void> {
  for (let number = 0; !isOver(); number++) {
    // Random content, so that each archive is a new blob and takes time to copy.
    const files = { 'files/pad.txt': crypto.getRandomValues(new Uint8Array(20_000)) }
    const { chart, status } = await client.push('team', { name: `c${pusher}`, version: `1.0.${number}`, files })
    expect(status).toBe(201)
    acknowledged(chart)
  }
}

async function versionsIn(client: RegistryClient): Promise<string[]> {
  const index = await (await client.basic('GET', '/chartrepo/team/index.yaml')).text()
  return [...index.matchAll(/charts\/(c\d-1\.0\.\d+\.tgz)/g)].map(([, fileName]) => fileName ?? '')
}

async function sha256Of(client: RegistryClient, fileName: string): Promise<string> {
  const answer = await client.basic('GET', `/chartrepo/team/charts/${fileName}`)
  expect(answer.status, fileName).toBe(200)
  return createHash('sha256')
    .update(new Uint8Array(await answer.arrayBuffer()))
    .digest('hex')
}

test('a backup under load has all charts acknowledged before it, and no row without its blob', async () => {
  const server = await servers.start(ENV)
  const client = await registryClient(server.url, PASSWORD)
  await client.namespace('team')
  const pushed = new Map<string, string>()
  let isOver = false
  const pushing = Promise.all(
    Array.from({ length: PUSHERS }, (_, pusher) =>
      pushCharts(
        client,
        pusher,
        () => isOver,
        ({ fileName, sha256 }) => void pushed.set(fileName, sha256),
      ),
    ),
  )
  while (pushed.size < 40) await setImmediate()
  const before = new Map(pushed)
  await run(await commandsOf('While it runs'))
  isOver = true
  await pushing
  expect(pushed.size).toBeGreaterThan(before.size)
  await server.stop('SIGKILL')

  await run(await commandsOf('Restoring'))
  const restored = await registryClient((await servers.start(ENV)).url, PASSWORD)
  const restoredFiles = await versionsIn(restored)
  expect(restoredFiles).toEqual(expect.arrayContaining([...before.keys()]))
  for (const fileName of restoredFiles) expect(await sha256Of(restored, fileName), fileName).toBe(pushed.get(fileName))
})

test('a backup of a stopped server is complete, also after a crash', async () => {
  const server = await servers.start(ENV)
  const client = await registryClient(server.url, PASSWORD)
  await client.namespace('team')
  const { chart } = await client.push('team', { name: 'c0', version: '1.0.0' })
  await server.stop('SIGKILL')
  await run(await commandsOf('Stopped'))
  await run(await commandsOf('Restoring'))
  const restored = await registryClient((await servers.start(ENV)).url, PASSWORD)
  expect(await sha256Of(restored, chart.fileName)).toBe(chart.sha256)
})
