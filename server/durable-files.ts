import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Flushes the entries of a folder: until then a power loss may take a file that was created or renamed in it. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}

/**
 * Writes a file that only this account can read, or replaces it. After a crash or power loss it has the old text or the
 * new one, never a part of it.
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = temporaryOf(path)
  // Left behind by a crash, it may be of another mode.
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

/** Removes what a crash in {@link writeDurably} left beside the file. */
export async function removeTemporary(path: string): Promise<void> {
  await rm(temporaryOf(path), { force: true })
}

function temporaryOf(path: string): string {
  return `${path}.new`
}
