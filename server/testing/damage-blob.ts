import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestRegistry } from './open-test-registry.ts'

/** Kinds of damage to the file of a blob. */
export const DAMAGES = {
  missing: (path: string) => rm(path),
  truncated: (path: string) => truncate(path, 20),
  emptied: (path: string) => truncate(path, 0),
  extended: async (path: string) => writeFile(path, Buffer.concat([await readFile(path), Buffer.from('more')])),
  altered: async (path: string) => {
    const bytes = await readFile(path)
    bytes[20] = (bytes[20] ?? 0) ^ 1
    await writeFile(path, bytes)
  },
} as const

export type DamageName = keyof typeof DAMAGES

/** Returns the path of a blob's file. `digest` is with or without `sha256:`. */
export function blobFile({ folder }: Pick<TestRegistry, 'folder'>, digest: string): string {
  const hex = digest.replace('sha256:', '')
  return join(folder, 'blobs', 'sha256', hex.slice(0, 2), hex)
}

/** Damages the file of a blob, like a failing disk or an incomplete backup. */
export async function damageBlob(store: Pick<TestRegistry, 'folder'>, digest: string, how: DamageName): Promise<void> {
  await DAMAGES[how](blobFile(store, digest))
}
