import { storageProblem } from '../../storage-problem.ts'
import type { Registry } from '../core/registry.ts'
import { findDefaultInstance } from '../instances/instance-queries.ts'

/** Time for which the outcome of a check is cached, in milliseconds, so that frequent requests cost no disk writes. */
const CACHE_LIFETIME = 1000

/** Reason why the registry is not ready, and its cause. */
export interface Unreadiness {
  readonly reason: string
  readonly error?: unknown
}

interface Check {
  readonly outcome: Promise<readonly Unreadiness[]>
  readonly isExpired: () => boolean
}

const checks = new WeakMap<Registry, Check>()

/**
 * Returns the reasons why the registry is not ready; empty if it is. Writes and flushes a little data in the database
 * and the blob store, and leaves nothing behind. Calls during a check, or within a second of its end, share its
 * outcome.
 */
export function findUnreadiness(registry: Registry): Promise<readonly Unreadiness[]> {
  const last = checks.get(registry)
  if (last && !last.isExpired()) return last.outcome
  let endedAt = Number.POSITIVE_INFINITY
  const outcome = check(registry).finally(() => {
    endedAt = performance.now()
  })
  checks.set(registry, { outcome, isExpired: () => performance.now() - endedAt > CACHE_LIFETIME })
  return outcome
}

async function check(registry: Registry): Promise<readonly Unreadiness[]> {
  const found = await Promise.all([
    failureOf('the database', () => registry.database.check()),
    failureOf('the blob store', () => registry.blobs.check()),
    checkFirstStart(registry).catch((error: unknown) => ({ reason: 'the database cannot be read', error })),
  ])
  return found.filter((unreadiness) => unreadiness !== undefined)
}

async function failureOf(subject: string, attempt: () => Promise<void>): Promise<Unreadiness | undefined> {
  try {
    await attempt()
    return undefined
  } catch (error) {
    const problem = storageProblem(error)
    return {
      reason:
        problem === undefined ? `${subject} cannot be used` : `${subject} takes no writes: its disk is ${problem}`,
      error,
    }
  }
}

/** Checks that the administrator and the default instance exist, which the first start creates. */
async function checkFirstStart(registry: Registry): Promise<Unreadiness | undefined> {
  const { read } = registry.database
  const administrator = await read
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'administrator')
    .limit(1)
    .executeTakeFirst()
  const isDone = administrator !== undefined && (await findDefaultInstance(read)) !== undefined
  return isDone ? undefined : { reason: 'the first start is not complete' }
}
