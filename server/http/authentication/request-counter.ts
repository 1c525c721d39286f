import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Seconds after which a caller's requests are counted anew. */
const WINDOW = 60

/** Counts the requests of each caller in this process. */
export type RequestCounter = RateLimiterMemory

/** A counter that lets `limit` requests of each caller through in a minute; null lets all through. */
export function makeRequestCounter(limit: number): RequestCounter | null {
  return limit === 0 ? null : new RateLimiterMemory({ points: limit, duration: WINDOW })
}
