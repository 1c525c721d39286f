import type { RateLimiterRes } from 'rate-limiter-flexible'
import type { Caller } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { clientNetwork } from '../../registry/sign-in/client-network.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import type { RequestCounter } from './request-counter.ts'

/**
 * Authenticates a request through `authenticate` and counts it against the rate limit of the caller, or of the client's
 * network if the caller is anonymous or refused, so that guessing credentials is limited too.
 * Throws `rate-exceeded` and the errors of `authenticate`.
 */
export async function countRequest<Authenticated extends { readonly caller: Caller }>(
  c: HttpContext,
  context: Context,
  authenticate: () => Promise<Authenticated>,
): Promise<Authenticated> {
  const { requests } = context
  if (!requests) return authenticate()
  const network = clientNetwork(c.get('client').address)
  const authenticated = await authenticate().catch(async (error: unknown) => {
    await count(requests, network)
    throw error
  })
  const { caller } = authenticated
  await count(requests, caller.kind === 'anonymous' ? network : `${caller.kind} ${caller.id}`)
  return authenticated
}

async function count(requests: RequestCounter, key: string): Promise<void> {
  try {
    await requests.consume(key)
  } catch (thrown) {
    if (thrown instanceof Error) throw thrown
    const { msBeforeNext } = thrown as RateLimiterRes // the counter rejects with this when the limit is exceeded
    throw new RegistryError('rate-exceeded', {
      limit: requests.points,
      seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    })
  }
}
