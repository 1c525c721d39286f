import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

let data: string
const running: ChildProcess[] = []

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'chartroom-main-'))
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  await rm(data, { recursive: true })
})

interface Started {
  readonly child: ChildProcess
  /** What it has printed once it listens, or all it printed when it ended before. */
  readonly printed: string
  /** Where to sign in, as it was printed. */
  readonly url: string
  readonly ended: Promise<number | null>
}

function start(env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, CHARTROOM_PORT: '0', CHARTROOM_DATA: data, ...env },
  })
  running.push(child)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return new Promise((resolve) => {
    let printed = ''
    const settle = () => resolve({ child, printed, url: /http:\S+/.exec(printed)?.[0] ?? '', ended })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        printed += text
        if (/Password .*\n/.test(printed)) settle()
      })
    }
    void ended.then(settle)
  })
}

async function signIn(url: string, password: string): Promise<number> {
  const body = JSON.stringify({ account: 'admin', password })
  return (await fetch(`${url}/console/session`, { method: 'POST', body })).status
}

test('the first start makes an administrator and says how to sign in; the second does not say the password', async () => {
  const first = await start()
  const file = join(data, 'admin-password')
  const password = (await readFile(file, 'utf8')).trim()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(first.printed).toContain('admin')
  expect(first.printed).toContain(password)
  expect(await signIn(first.url, password)).toBe(200)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  const second = await start()
  expect(second.printed).toContain(file)
  expect(second.printed).not.toContain(password)
  expect(await signIn(second.url, password)).toBe(200)
}, 30_000)

test('a password that is given opens the console in the place of the generated one', async () => {
  const first = await start()
  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  const { printed, url } = await start({ CHARTROOM_ADMIN_PASSWORD: 'correct horse' })
  expect(printed).not.toContain('correct horse')
  expect(await signIn(url, 'correct horse')).toBe(200)
  await expect(stat(join(data, 'admin-password'))).rejects.toThrow()
}, 30_000)

test('a data folder serves one process; killed, it gives it up', async () => {
  const first = await start()
  const second = await start()
  expect(await second.ended).toBe(1)
  expect(second.printed).toMatch(/^chartroom: CHARTROOM_DATA .*another Chartroom is using.*\n$/)
  first.child.kill('SIGKILL')
  await first.ended
  expect((await start()).url).toMatch(/^http:/)
}, 30_000)

test('a port that is taken, and a value that is bad, end the start with one line', async () => {
  const { url } = await start()
  const taken = await start({ CHARTROOM_PORT: new URL(url).port, CHARTROOM_DATA: join(data, 'other') })
  expect(await taken.ended).toBe(1)
  expect(taken.printed).toMatch(/^chartroom: CHARTROOM_PORT .*another program.*\n$/)
  // A password is told once, so it was not made up by the start that failed.
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
}, 60_000)
