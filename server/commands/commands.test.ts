import { spawn } from 'node:child_process'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteChart } from '../registry/deletion/delete-charts.ts'
import { stageUpload } from '../registry/publishing/stage-archive.ts'
import { DAY } from '../testing/collect-all.ts'
import { blobFile, damageBlob } from '../testing/damage-blob.ts'
import { openTestRegistry, type TestRegistry } from '../testing/open-test-registry.ts'
import { testServers } from '../testing/start-server.ts'

let store: TestRegistry

/** Opens a data folder, as of a stopped server. */
beforeEach(async () => {
  store = await openTestRegistry()
  await store.session()
  await store.namespace('team')
})
afterEach(() => store.close())

/** Exit code and output of a command. */
interface CommandResult {
  readonly code: number | null
  readonly printed: string
}

function run(command: 'doctor' | 'gc', options: readonly string[] = [], folder = store.folder): Promise<CommandResult> {
  const script = fileURLToPath(new URL(`${command}.ts`, import.meta.url))
  const child = spawn(process.execPath, [script, ...options], {
    env: { PATH: process.env.PATH, CHARTROOM_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, printed })))
}

async function publish(name: string): Promise<string> {
  const { digest } = await store.publish('team', { name, version: '1.0.0' })
  return `sha256:${digest}`
}

/** Commits a blob without a row, `age` milliseconds ago. */
async function orphan(text: string, age: number): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  const { upload } = await stageUpload(store.registry, once(bytes), bytes.length)
  const { digest } = await store.registry.blobs.commit(upload)
  const then = new Date(Date.now() - age)
  await utimes(blobFile(store, digest), then, then)
  return digest
}

const isStored = async (digest: string) => {
  const hex = digest.slice('sha256:'.length)
  const files = await readdir(join(store.folder, 'blobs', 'sha256', hex.slice(0, 2))).catch((): string[] => [])
  return files.includes(hex)
}

describe('npm run doctor', () => {
  test('finds nothing in an intact store', async () => {
    await publish('nginx')
    expect(await run('doctor', ['--digests'])).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^Checked 2 blobs, \d+ bytes: no findings\.\n$/),
    })
  })

  test('lists missing and truncated blobs with their users, and orphans, without changes', async () => {
    const [missing, short, altered] = [await publish('one'), await publish('two'), await publish('three')]
    const lost = await orphan('left by a crash', 2 * DAY)
    await damageBlob(store, missing, 'missing')
    await damageBlob(store, short, 'truncated')
    await damageBlob(store, altered, 'altered')
    const { code, printed } = await run('doctor')
    expect(code).toBe(1)
    const lines = printed.split('\n').map((line) => line.split(/ {2,}/))
    expect(lines[0]).toEqual(['FINDING', 'BYTES', 'DIGEST', 'NEEDED BY'])
    const found = Object.fromEntries(lines.slice(1, -2).map(([kind, , digest, users]) => [digest, [kind, users]]))
    expect(found).toEqual({
      [missing]: ['missing', `${store.instance} team/one-1.0.0.tgz`],
      [short]: ['wrong-size', `${store.instance} team/two-1.0.0.tgz`],
      [lost]: ['orphan', 'nothing'],
    })
    expect(await isStored(lost)).toBe(true)
  })

  test('finds altered blobs with --digests', async () => {
    const altered = await publish('nginx')
    await damageBlob(store, altered, 'altered')
    expect(await run('doctor')).toMatchObject({ code: 0 })
    const { code, printed } = await run('doctor', ['--digests'])
    expect([code, printed]).toEqual([1, expect.stringMatching(new RegExp(`altered +\\d+ +${altered}`))])
  })

  test('removes only old orphans and abandoned uploads with --repair', async () => {
    const kept = await publish('nginx')
    const [old, young] = [await orphan('old', DAY + 60_000), await orphan('young', DAY - 60_000)]
    const [left, going] = [await store.registry.blobs.begin(), await store.registry.blobs.begin()]
    const longAgo = new Date(Date.now() - 2 * DAY)
    await utimes(join(store.folder, 'blobs', 'uploads', left.id), longAgo, longAgo)
    const { code, printed } = await run('doctor', ['--repair'])
    expect(code).toBe(1)
    expect(printed).toContain('Removed: 1 orphans, 1 unfinished uploads.')
    expect(printed).toContain('younger than 24 hours')
    expect(await Promise.all([kept, young, old].map(isStored))).toEqual([true, true, false])
    expect(await readdir(join(store.folder, 'blobs', 'uploads'))).toEqual([going.id])
  })

  test('removes nothing if the database has no blobs at all', async () => {
    const old = await orphan('of a database that was lost', 2 * DAY)
    const { code, printed } = await run('doctor', ['--repair'])
    expect([code, printed]).toEqual([2, expect.stringMatching(/^chartroom: .* restore chartroom\.db .*\n$/)])
    expect(await isStored(old)).toBe(true)
  })

  test('rejects a folder without a database, and unknown options', async () => {
    const refused = { code: 2, printed: expect.stringMatching(/^chartroom: [^\n]+\n$/) }
    expect(await run('doctor', [], join(store.folder, 'nowhere'))).toEqual(refused)
    expect(await run('doctor', ['--mend'])).toEqual(refused)
    expect(await run('doctor', ['--help'])).toMatchObject({ code: 0, printed: expect.stringContaining('--digests') })
  })
})

test('npm run gc deletes released content at once', async () => {
  const digest = await publish('nginx')
  await deleteChart(store.registry, store.call, { namespace: 'team', name: 'nginx' })
  expect(await run('gc')).toEqual({ code: 0, printed: expect.stringMatching(/^Removed 2 blobs, \d+ bytes\.\n$/) })
  expect(await isStored(digest)).toBe(false)
})

test('while a server is running, doctor only reads, and --repair and gc fail with advice', async () => {
  const digest = await publish('nginx')
  await store.registry.database.close()
  await using servers = await testServers()
  const { url, printed } = await servers.start({ CHARTROOM_DATA: store.folder })
  expect(url, printed).toMatch(/^http/)
  expect(await run('doctor', ['--digests'])).toMatchObject({ code: 0 })
  await writeFile(blobFile(store, digest), 'short')
  expect(await run('doctor')).toMatchObject({ code: 1, printed: expect.stringContaining('team/nginx-1.0.0.tgz') })
  const refused = (line: RegExp) => ({ code: 2, printed: expect.stringMatching(line) })
  expect(await run('doctor', ['--repair'])).toEqual(refused(/^chartroom: a server is running on .*: stop it[^\n]*\n$/))
  expect(await run('gc')).toEqual(refused(/^chartroom: a server is running on .*: choose Storage > Collect[^\n]*\n$/))
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
