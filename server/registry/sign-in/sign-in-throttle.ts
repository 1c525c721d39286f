import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { storageProblem } from '../../storage-problem.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import { clientNetwork } from './client-network.ts'

/** Failures that cost nothing: of one account from one address, and of any from one address. */
const FREE = { pair: 5, address: 50 }
/** Seconds to wait at most; it begins with one and doubles with each failure. */
const LONGEST_WAIT = 900
/** Failures are forgotten when none has been added for this long, in milliseconds. */
const FORGOTTEN_AFTER = 60 * 60 * 1000

/** Who tries to get in, and from where. */
export interface SignInAttempt {
  readonly account: string
  readonly address: string
}

/**
 * Counts an attempt as failed before it is made, so that many at once do not slip through together. Refuses it, and
 * does not count it, while the account at this address, or the address, has to wait. Throws `sign-in-throttled`. While the
 * database takes no writes, attempts are counted in the process: reading goes on, and guessing is still throttled.
 */
export async function beginAttempt(registry: Registry, attempt: SignInAttempt): Promise<void> {
  try {
    await countInDatabase(registry, attempt)
  } catch (error) {
    if (storageProblem(error) === undefined) throw error
    await countInProcess(registry, attempt)
  }
}

async function countInDatabase(registry: Registry, attempt: SignInAttempt): Promise<void> {
  const now = registry.now()
  await registry.database.write(async (transaction) => {
    const forgotten = new Date(Date.parse(now) - FORGOTTEN_AFTER).toISOString()
    await transaction.deleteFrom('sign_in_failures').where('last_at', '<', forgotten).execute()
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

/** Takes back what {@link beginAttempt} counted; what the account failed at before, at this address, is forgiven. */
export async function attemptSucceeded(transaction: Transaction<Schema>, attempt: SignInAttempt): Promise<void> {
  await transaction.deleteFrom('sign_in_failures').where('subject', '=', pairOf(attempt)).execute()
  await transaction
    .updateTable('sign_in_failures')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('subject', '=', clientNetwork(attempt.address))
    .execute()
}

/** As {@link attemptSucceeded}, in a transaction of its own where the database takes writes, and in the process. */
export async function forgiveAttempt(registry: Registry, attempt: SignInAttempt): Promise<void> {
  await writeIfPossible(registry, (transaction) => attemptSucceeded(transaction, attempt))
  const counted = inProcess.get(registry)
  counted?.delete(pairOf(attempt))
  const address = counted?.get(clientNetwork(attempt.address))
  if (address) counted?.set(clientNetwork(attempt.address), { ...address, failures: address.failures - 1 })
}

interface Failures {
  readonly failures: number
  /** ISO. */
  readonly last_at: string
}

/** Failures that could not be written, by subject; the oldest first. */
const inProcess = new WeakMap<Registry, Map<string, Failures>>()
/** Subjects that are kept in the process at most. */
const IN_PROCESS_AT_MOST = 10_000

async function countInProcess(registry: Registry, attempt: SignInAttempt): Promise<void> {
  const counted = inProcess.get(registry) ?? new Map<string, Failures>()
  inProcess.set(registry, counted)
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
    const isForgotten = !before || Date.parse(now) - Date.parse(before.last_at) > FORGOTTEN_AFTER
    counted.delete(subject)
    counted.set(subject, { failures: isForgotten ? 1 : before.failures + 1, last_at: now })
  }
  for (const subject of counted.keys()) {
    if (counted.size <= IN_PROCESS_AT_MOST) break
    counted.delete(subject)
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
