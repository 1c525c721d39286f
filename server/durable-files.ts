import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Flushes the entries of a folder: before that, created and renamed files may be lost in a power failure. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}

/**
 * Writes or replaces a file that only this account can read, atomically: after a crash or power failure it has either
 * the old or the new text.
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = temporaryOf(path)
  // A temporary file left by a crash may have another mode.
  await removeTemporary(path)
  try {
    await using file = await open(temporary, 'wx', 0o600)
    await file.writeFile(text)
    await file.sync()
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await rename(temporary, path)
  await syncFolder(dirname(path))
}

/** Removes the temporary file that a crash in {@link writeDurably} may have left. */
export async function removeTemporary(path: string): Promise<void> {
  await rm(temporaryOf(path), { force: true })
}

function temporaryOf(path: string): string {
  return `${path}.new`
}
