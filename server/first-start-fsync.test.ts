import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { readConfig } from './config.ts'
import { openContext } from './context.ts'

afterEach(() => void vi.restoreAllMocks())

test('flushes the entry of every file and folder that the first start and the first blob create', async () => {
  const above = await mkdtemp(join(tmpdir(), 'chartroom-fsync-'))
  const data = join(above, 'new', 'data')
  const flushed = await namesFlushed(above)
  {
    await using context = await openContext(readConfig({ CHARTROOM_DATA: data }))
    const { blobs } = context.registry
    const { id } = await blobs.begin()
    await blobs.append(id, 0, once('a blob'), 100)
    await blobs.commit(id)
    const names = await readdir(above, { recursive: true })
    // These need not be durable: SQLite creates them again.
    const durable = names.filter((name) => !/^new.data.(lock(-journal)?|chartroom\.db-shm)$/.test(name))
    expect(durable).toContain(join('new', 'data', 'chartroom.db-wal'))
    expect([...flushed]).toEqual(expect.arrayContaining(durable))
  }
  await rm(above, { recursive: true })
})

/** Records the entries of folders below `root` whenever these are flushed, as paths relative to `root`. */
async function namesFlushed(root: string): Promise<ReadonlySet<string>> {
  const flushed = new Set<string>()
  await using any = await open(root, 'r')
  const prototype = Object.getPrototypeOf(any) as typeof any // the class of all file handles, which Node does not export
  const sync = prototype.sync
  vi.spyOn(prototype, 'sync').mockImplementation(async function (this: typeof any) {
    await sync.call(this)
    const { ino } = await this.stat()
    for (const folder of ['', ...(await readdir(root, { recursive: true }))]) {
      const found = await stat(join(root, folder))
      if (!found.isDirectory() || found.ino !== ino) continue
      for (const name of await readdir(join(root, folder))) flushed.add(join(folder, name))
    }
  })
  return flushed
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
