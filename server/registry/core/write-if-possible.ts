import type { Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { storageProblem } from '../../storage-problem.ts'
import type { Registry } from './registry.ts'

/**
 * Runs a write that a request can do without, such as the time of a last use: reading goes on while storage takes no
 * writes. Returns whether it was written. Throws what is wrong with anything but storage.
 */
export async function writeIfPossible(
  { database }: Registry,
  change: (transaction: Transaction<Schema>) => Promise<unknown>,
): Promise<boolean> {
  try {
    await database.write(change)
    return true
  } catch (error) {
    if (storageProblem(error) === undefined) throw error
    return false
  }
}
