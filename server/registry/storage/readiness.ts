import { storageProblem } from '../../storage-problem.ts'
import type { Registry } from '../core/registry.ts'
import { findDefaultInstance } from '../instances/instance-queries.ts'

/** How long the outcome of a check is used again, in milliseconds: asking often costs the disk nothing. */
const REUSED_FOR = 1000

/** Something that keeps the registry from working, and the error that told of it. */
export interface Unreadiness {
  readonly reason: string
  readonly error?: unknown
}

interface Check {
  readonly outcome: Promise<readonly Unreadiness[]>
  readonly isOld: () => boolean
}

const checks = new WeakMap<Registry, Check>()

/**
 * Tells why the registry is not ready; empty when it is. It writes and flushes something small in the database and the
 * blob store, and leaves nothing behind. Everyone who asks while a check is under way, or within a second of its
 * end, shares its outcome.
 */
export function findUnreadiness(registry: Registry): Promise<readonly Unreadiness[]> {
  const last = checks.get(registry)
  if (last && !last.isOld()) return last.outcome
  let endedAt = Number.POSITIVE_INFINITY
  const outcome = check(registry).finally(() => {
    endedAt = performance.now()
  })
  checks.set(registry, { outcome, isOld: () => performance.now() - endedAt > REUSED_FOR })
  return outcome
}

async function check(registry: Registry): Promise<readonly Unreadiness[]> {
  const found = await Promise.all([
    failureOf('the database', () => registry.database.check()),
    failureOf('the blob store', () => registry.blobs.check()),
    firstStart(registry).catch((error: unknown) => ({ reason: 'the database cannot be read', error })),
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

/** Whether the administrator and the default instance exist, which the first start makes. */
async function firstStart(registry: Registry): Promise<Unreadiness | undefined> {
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
