import { readFile } from 'node:fs/promises'
import { ConfigError } from './config-error.ts'
import { writeDurably } from './durable-files.ts'
import { newSecret } from './registry/core/ids.ts'

/** Minimum length of the encryption secret, in the key file and in `CHARTROOM_SECRET`, in characters. */
export const SHORTEST_SECRET = 32

/**
 * Returns the key in `file`. Creates a missing file with a new key, unless the database has encrypted secrets, for
 * which the old key is needed. Throws {@link ConfigError} then, and for a key that is empty or too short.
 */
export async function readSecretKey(file: string, hasSealedSecrets: boolean): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined && !hasSealedSecrets) {
    const key = newSecret()
    await writeDurably(file, `${key}\n`)
    return key
  }
  if (text === undefined) {
    throw new ConfigError(
      `${file} is missing, and the database has secrets that are sealed under it: restore that file from a backup, or set CHARTROOM_SECRET if that was used before.`,
    )
  }
  const key = text.trim()
  if (key.length >= SHORTEST_SECRET) return key
  const state = key === '' ? 'is empty' : `has ${key.length} characters, fewer than ${SHORTEST_SECRET}`
  throw new ConfigError(
    hasSealedSecrets
      ? `${file} ${state}: restore that file from a backup.`
      : `${file} ${state}: delete it, and the next start makes a new key.`,
  )
}
