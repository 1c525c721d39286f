import type { Kysely, Transaction } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Schema } from '../../db/schema.ts'
import { storageProblem } from '../../storage-problem.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import { clientNetwork } from './client-network.ts'

/** Failures before throttling starts: of one account from one address, and of all accounts from one address. */
const FREE = { pair: 5, address: 50 }
/** Longest wait, in seconds. The wait begins with one second and doubles with each failure. */
const LONGEST_WAIT = 900
/** Time after the last failure at which the failures of a subject expire, in milliseconds. */
const EXPIRES_AFTER = 60 * 60 * 1000

/** Account name and client address of an attempt to sign in. */
export interface SignInAttempt {
  readonly account: string
  readonly address: string
}

/**
 * Counts an attempt as failed before the password is checked, so that concurrent attempts cannot exceed the limit.
 * Throws `sign-in-throttled` with the `seconds` to wait while the account at this address, or the address, is
 * throttled; such an attempt is not counted. While the database rejects writes, attempts are counted in memory, so that
 * sign-in works and guessing is still throttled.
 */
export async function beginAttempt(registry: Registry, attempt: SignInAttempt): Promise<void> {
  try {
    await countInDatabase(registry, attempt)
  } catch (error) {
    if (storageProblem(error) === undefined) throw error
    await countInMemory(registry, attempt)
  }
}

async function countInDatabase(registry: Registry, attempt: SignInAttempt): Promise<void> {
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    const expiredBefore = new Date(Date.parse(now) - EXPIRES_AFTER).toISOString()
    await transaction.deleteFrom('sign_in_failures').where('last_at', '<', expiredBefore).execute()
    const pair = pairOf(attempt)
    const address = clientNetwork(attempt.address)
    const seconds = Math.max(
      await secondsToWait(transaction, pair, FREE.pair, now),
      await secondsToWait(transaction, address, FREE.address, now),
    )
    if (seconds > 0) throw new RegistryError('sign-in-throttled', { seconds })
    for (const subject of [pair, address]) {
      await transaction
        .insertInto('sign_in_failures')
        .values({ subject, failures: 1, last_at: now })
        .onConflict((conflict) =>
          conflict
            .column('subject')
            .doUpdateSet((eb) => ({ failures: eb('sign_in_failures.failures', '+', 1), last_at: now })),
        )
        .execute()
    }
  })
}

/** Undoes the count of {@link beginAttempt} and clears the earlier failures of the account at this address. */
export async function attemptSucceeded(transaction: Transaction<Schema>, attempt: SignInAttempt): Promise<void> {
  await transaction.deleteFrom('sign_in_failures').where('subject', '=', pairOf(attempt)).execute()
  await transaction
    .updateTable('sign_in_failures')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('subject', '=', clientNetwork(attempt.address))
    .execute()
}

/** The same as {@link attemptSucceeded} in its own transaction if the database accepts writes, and in memory. */
export async function forgiveAttempt(registry: Registry, attempt: SignInAttempt): Promise<void> {
  await writeIfPossible(registry, (transaction) => attemptSucceeded(transaction, attempt))
  const counted = inMemory.get(registry)
  counted?.delete(pairOf(attempt))
  const address = counted?.get(clientNetwork(attempt.address))
  if (address) counted?.set(clientNetwork(attempt.address), { ...address, failures: address.failures - 1 })
}

interface Failures {
  readonly failures: number
  /** Time of the last failure, ISO. */
  readonly last_at: string
}

/** Failures that could not be written to the database, by subject. */
const inMemory = new WeakMap<Registry, LRUCache<string, Failures>>()
/** Limit of subjects in memory. */
const MAX_IN_MEMORY = 10_000

async function countInMemory(registry: Registry, attempt: SignInAttempt): Promise<void> {
  const counted = inMemory.get(registry) ?? new LRUCache<string, Failures>({ max: MAX_IN_MEMORY })
  inMemory.set(registry, counted)
  const now = registry.now()
  const pair = pairOf(attempt)
  const address = clientNetwork(attempt.address)
  const inDatabase = Math.max(
    await secondsToWait(registry.database.read, pair, FREE.pair, now),
    await secondsToWait(registry.database.read, address, FREE.address, now),
  )
  const seconds = Math.max(
    inDatabase,
    waitOf(counted.get(pair), FREE.pair, now),
    waitOf(counted.get(address), FREE.address, now),
  )
  if (seconds > 0) throw new RegistryError('sign-in-throttled', { seconds })
  for (const subject of [pair, address]) {
    const before = counted.get(subject)
    const isExpired = !before || Date.parse(now) - Date.parse(before.last_at) > EXPIRES_AFTER
    counted.set(subject, { failures: isExpired ? 1 : before.failures + 1, last_at: now })
  }
}

async function secondsToWait(database: Kysely<Schema>, subject: string, free: number, now: string): Promise<number> {
  const row = await database
    .selectFrom('sign_in_failures')
    .select(['failures', 'last_at'])
    .where('subject', '=', subject)
    .executeTakeFirst()
  return waitOf(row, free, now)
}

function waitOf(row: Failures | undefined, free: number, now: string): number {
  if (!row || row.failures < free) return 0
  const wait = Math.min(2 ** (row.failures - free), LONGEST_WAIT)
  return Math.ceil(wait - (Date.parse(now) - Date.parse(row.last_at)) / 1000)
}

function pairOf({ account, address }: SignInAttempt): string {
  return `${clientNetwork(address)} ${account}`
}
