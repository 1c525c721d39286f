import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system in memory, on Linux. */
const MEMORY = '/dev/shm'
/** Bytes that the tests that run at once may need. */
const ROOM = 2 * 1024 ** 3

/**
 * Global setup of vitest and Playwright: tests keep their temporary files in a folder that is removed at the end. It is
 * in memory where there is room, because there flushing costs nothing, for which tests otherwise wait most of their time.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), 'chartroom-tests-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > ROOM
  } catch {
    return false
  }
}
