import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** File system in memory, on Linux. */
const MEMORY = '/dev/shm'
/** Space that concurrent tests may need, in bytes. */
const REQUIRED_SPACE = 2 * 1024 ** 3

/**
 * Global setup of vitest and Playwright: creates a folder for temporary files, which is removed at the end. The folder
 * is in memory if there is space, because tests otherwise spend most of their time waiting for flushes.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(hasSpace() ? MEMORY : tmpdir(), 'chartroom-tests-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

function hasSpace(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > REQUIRED_SPACE
  } catch {
    return false
  }
}
