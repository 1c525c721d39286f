// Preloaded by Node before the server, to simulate a failed flush. The file named by TEST_FAILING_FLUSH contains what the
// next flush fails for: "log", "folder" or "file". It is removed after the failure.
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
  if (requestedFailure() !== kind) return
  rmSync(order)
  throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', errno: -5, syscall: 'fsync' })
}

function requestedFailure() {
  try {
    return readFileSync(order, 'utf8')
  } catch {
    return undefined
  }
}
