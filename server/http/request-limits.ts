import type { MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Caller } from '../registry/call.ts'
import { RegistryError } from '../registry/errors.ts'
import { networkOf } from '../registry/network-of.ts'
import { clientAddress, type HttpContext, type HttpEnv } from './http-env.ts'

/** Seconds in which the requests of one caller are counted. */
const WINDOW = 60

/** Asked by whoever watches the process, and cheap. */
const UNCOUNTED: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/**
 * How many requests each caller makes, counted in this process alone: another one counts its own. A request counts for
 * the address that it comes from until it is known who asks, then for them instead: many who share an address do not
 * use up each other's.
 */
export class RequestLimits {
  readonly #limiter: RateLimiterMemory | null
  readonly #limit: number

  /** `limit`: requests of a caller within a minute; 0: as many as they like. */
  constructor(limit: number) {
    this.#limit = limit
    this.#limiter = limit === 0 ? null : new RateLimiterMemory({ points: limit, duration: WINDOW })
  }

  /** Counts each request for its address. Throws `too-many-requests`. */
  ofAddresses(): MiddlewareHandler<HttpEnv> {
    return async (c, next) => {
      if (!UNCOUNTED.has(c.req.path)) await this.#count(addressKey(c))
      await next()
    }
  }

  /** Counts the request for its caller, not for its address any more. Throws `too-many-requests`. */
  async countFor(c: HttpContext, caller: Caller): Promise<void> {
    if (caller.kind === 'anonymous') return
    await this.#limiter?.reward(addressKey(c))
    await this.#count(`${caller.kind} ${caller.id}`)
  }

  async #count(key: string): Promise<void> {
    try {
      await this.#limiter?.consume(key)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const seconds = Math.max(Math.ceil(refused.msBeforeNext / 1000), 1)
      throw new RegistryError('too-many-requests', { limit: this.#limit, seconds })
    }
  }
}

function addressKey(c: HttpContext): string {
  return `address ${networkOf(clientAddress(c))}`
}
