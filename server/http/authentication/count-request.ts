import type { RateLimiterRes } from 'rate-limiter-flexible'
import type { Caller } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { clientNetwork } from '../../registry/sign-in/client-network.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import type { RequestCounter } from './request-counter.ts'

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
  const network = clientNetwork(c.get('client').address)
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
