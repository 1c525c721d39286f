import { stat } from 'node:fs/promises'
import { ConfigError } from '../config-error.ts'
import { pathsIn } from '../data-folder.ts'

/** Checks that a data folder has a database, which a command must not create. Throws {@link ConfigError}. */
export async function checkHasDatabase(data: string): Promise<void> {
  const { size } = await stat(pathsIn(data).database).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return { size: 0 }
    throw error
  })
  if (size > 0) return
  throw new ConfigError(
    `CHARTROOM_DATA is ${JSON.stringify(data)}, which has no database: name the data folder of a registry, or restore chartroom.db from a backup.`,
  )
}
