import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Context } from '../../context.ts'
import type { Caller } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { networkOf } from '../../registry/sign-in/client-network.ts'
import type { HttpContext } from '../http-env.ts'

/** Seconds after which a caller's requests are counted anew. */
const WINDOW = 60

/** Counts the requests of each caller in this process. */
export type RequestCounter = RateLimiterMemory

/** A counter that lets `limit` requests of each caller through in a minute; null lets all through. */
export function makeRequestCounter(limit: number): RequestCounter | null {
  return limit === 0 ? null : new RateLimiterMemory({ points: limit, duration: WINDOW })
}

/**
 * Finds out by `find` who asks, and counts the request as theirs; as that of their network when nobody knows them or
 * they are refused, so that guessing is counted as well. Throws `rate-exceeded`, and what `find` throws.
 */
export async function countRequest<Found extends { readonly caller: Caller }>(
  c: HttpContext,
  context: Context,
  find: () => Promise<Found>,
): Promise<Found> {
  const { requests } = context
  if (!requests) return find()
  const network = networkOf(c.get('peer').address)
  const found = await find().catch(async (error: unknown) => {
    await count(requests, network)
    throw error
  })
  const { caller } = found
  await count(requests, caller.kind === 'anonymous' ? network : `${caller.kind} ${caller.id}`)
  return found
}

async function count(requests: RequestCounter, key: string): Promise<void> {
  try {
    await requests.consume(key)
  } catch (thrown) {
    if (thrown instanceof Error) throw thrown
    const { msBeforeNext } = thrown as RateLimiterRes // what the counter rejects with when there are too many
    throw new RegistryError('rate-exceeded', {
      limit: requests.points,
      seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    })
  }
}
