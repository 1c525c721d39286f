// Loaded by Node before the server, in tests of what follows a flush that fails. The file that TEST_FAILING_FLUSH names
// says what the disk fails to flush, once: "log", "folder" or "file".
import { readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'

const order = process.env.TEST_FAILING_FLUSH ?? ''
const any = await open(new URL(import.meta.url), 'r')
const prototype = Object.getPrototypeOf(any)
await any.close()
const { datasync, sync } = prototype

prototype.datasync = async function () {
  fail('log')
  return datasync.call(this)
}
prototype.sync = async function () {
  fail((await this.stat()).isDirectory() ? 'folder' : 'file')
  return sync.call(this)
}

function fail(kind) {
  if (wanted() !== kind) return
  rmSync(order)
  throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', errno: -5, syscall: 'fsync' })
}

function wanted() {
  try {
    return readFileSync(order, 'utf8')
  } catch {
    return undefined
  }
}
