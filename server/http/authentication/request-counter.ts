import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Length of the counting window, in seconds. */
const WINDOW = 60

/** Counts the requests of each caller in this process. */
export type RequestCounter = RateLimiterMemory

/** Creates a counter that allows each caller `limit` requests per minute. Returns null, for no limit, if that is 0. */
export function makeRequestCounter(limit: number): RequestCounter | null {
  return limit === 0 ? null : new RateLimiterMemory({ points: limit, duration: WINDOW })
}
