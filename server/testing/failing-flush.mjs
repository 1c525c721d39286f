// Preloaded by Node before the server and its threads, to simulate a failed flush. The file named by TEST_FAILING_FLUSH
// contains what the next flush fails for: "log", "folder" or "file"; or SQLite's code that the next checkpoint fails
// with: "checkpoint 1034" (IOERR_FSYNC), "checkpoint 13" (FULL). It is removed after the failure.
import { readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'

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

const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (sql) {
  const [kind, errcode] = requestedFailure()?.split(' ') ?? []
  if (kind === 'checkpoint' && sql.includes('wal_checkpoint(passive)')) {
    rmSync(order)
    throw Object.assign(new Error('disk error'), { code: 'ERR_SQLITE_ERROR', errcode: Number(errcode) })
  }
  return exec.call(this, sql)
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
