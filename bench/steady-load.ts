import { setTimeout as sleep } from 'node:timers/promises'

/** Latencies in milliseconds. */
export interface Latencies {
  readonly p50: number
  readonly p99: number
}

/**
 * Sends `perSecond` evenly spaced requests per second for `seconds`, without waiting for earlier responses. Latency
 * counts from the scheduled time, so that a slow response also delays those behind it, as for real users. Common load
 * generators send the requests of a second in one burst, or wait for each response.
 */
export async function steadyLoad(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  ask: (turn: number) => Promise<unknown>,
): Promise<Latencies> {
  const started = performance.now()
  const latencies = Array.from({ length: perSecond * seconds }, async (_, turn) => {
    const due = started + (turn * 1000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    await ask(turn)
    return performance.now() - due
  })
  const sorted = (await Promise.all(latencies)).sort((a, b) => a - b)
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) }
}

/** Returns the percentile of ascending values; `part` is 0 to 1. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}
