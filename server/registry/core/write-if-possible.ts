import type { Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { storageProblem } from '../../storage-problem.ts'
import type { Registry } from './registry.ts'

/**
 * Runs a write that is not essential to the request, such as the time of last use, so that reads succeed while storage
 * is full or read-only. Returns whether it was written. Rethrows errors other than storage problems.
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
