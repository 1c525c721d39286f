import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestRegistry } from './open-test-registry.ts'

const TABLES = ['namespaces', 'charts', 'versions', 'archives', 'blobs', 'used_blobs'] as const

/** Returns all rows of the tables for charts, by table. */
export async function rowsOf(store: TestRegistry): Promise<Record<(typeof TABLES)[number], unknown[]>> {
  const { read } = store.registry.database
  const tables = TABLES.map(async (table) => [table, await read.selectFrom(table).selectAll().execute()] as const)
  return Object.fromEntries(await Promise.all(tables)) as Awaited<ReturnType<typeof rowsOf>> // one entry for each table
}

/** Returns the names of all files in the blob store including uploads, sorted. */
export async function filesOf(store: TestRegistry): Promise<string[]> {
  const entries = await readdir(join(store.folder, 'blobs'), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
}

/** Returns the IDs of the uploads that are neither committed nor aborted. */
export async function uploadsOf(store: TestRegistry): Promise<string[]> {
  return readdir(join(store.folder, 'blobs', 'uploads'))
}
