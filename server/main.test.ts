import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type StartedServer, signIn, type TestServers, testServers } from './testing/start-server.ts'

let servers: TestServers
let data: string

beforeEach(async () => {
  servers = await testServers()
  data = servers.data
})
afterEach(() => servers[Symbol.asyncDispose]())

function start(env: Record<string, string> = {}): Promise<StartedServer> {
  return servers.start(env)
}

test('the first start creates an administrator and prints the password, the second does not print it', async () => {
  const first = await start()
  const file = join(data, 'admin-password')
  const password = (await readFile(file, 'utf8')).trim()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(first.printed).toContain('admin')
  // The log has no errors.
  expect(first.said()).not.toMatch(/"level":[56]0/)
  expect(first.printed).toContain(password)
  expect((await signIn(first.url, password)).status).toBe(200)
  expect(await first.stop()).toBe(0)

  const second = await start()
  expect(second.printed).toContain(file)
  expect(second.printed).not.toContain(password)
  expect((await signIn(second.url, password)).status).toBe(200)
})

test('a configured password replaces the generated one', async () => {
  const first = await start()
  expect(await first.stop('SIGINT')).toBe(0)
  const { printed, url } = await start({ CHARTROOM_ADMIN_PASSWORD: 'correct horse' })
  expect(printed).not.toContain('correct horse')
  expect((await signIn(url, 'correct horse')).status).toBe(200)
  await expect(stat(join(data, 'admin-password'))).rejects.toThrow()
})

test('a data folder is locked by one process until it ends', async () => {
  const first = await start()
  const second = await start()
  expect(await second.ended).toBe(1)
  expect(second.printed).toMatch(/^chartroom: CHARTROOM_DATA .*another Chartroom is using.*\n$/)
  await first.stop('SIGKILL')
  expect((await start()).url).toMatch(/^http:/)
})

test('prints one line and exits if the port is in use or a value is invalid', async () => {
  const { url } = await start()
  const taken = await start({ CHARTROOM_PORT: new URL(url).port, CHARTROOM_DATA: join(data, 'other') })
  expect(await taken.ended).toBe(1)
  expect(taken.printed).toMatch(/^chartroom: CHARTROOM_PORT .*another program.*\n$/)
  // Prints the password of the failed start, because it was not used to sign in yet.
  const after = await start({ CHARTROOM_DATA: join(data, 'other') })
  expect(after.printed).toContain((await readFile(join(data, 'other', 'admin-password'), 'utf8')).trim())
  const bad = await start({ CHARTROOM_MAX_UPLOAD_BYTES: '20MB' })
  expect(await bad.ended).toBe(1)
  expect(bad.printed).toMatch(/^chartroom: CHARTROOM_MAX_UPLOAD_BYTES .*\n$/)
  const noFolder = await start({ CHARTROOM_DATA: fileURLToPath(import.meta.url) })
  expect(await noFolder.ended).toBe(1)
  expect(noFolder.printed).toMatch(/^chartroom: CHARTROOM_DATA .*\n$/)
  const belowAFile = await start({ CHARTROOM_DATA: join(fileURLToPath(import.meta.url), 'below', 'it') })
  expect(await belowAFile.ended).toBe(1)
  expect(belowAFile.printed).toMatch(/^chartroom: CHARTROOM_DATA .*\n$/)
})
