import { setTimeout as sleep } from 'node:timers/promises'

/** How long answers took that were asked for at a steady rate, in milliseconds. */
export interface Latencies {
  readonly p50: number
  readonly p99: number
}

/**
 * Asks `perSecond` times a second for `seconds`, evenly, whether or not what was asked before has been answered: a slow
 * answer makes those behind it wait, as it would people, and their time counts from when it was their turn. Load
 * generators that people use send the requests of a second all at once, or wait for each other.
 */
export async function steadyLoad(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  ask: (turn: number) => Promise<unknown>,
): Promise<Latencies> {
  const started = performance.now()
  const answers = Array.from({ length: perSecond * seconds }, async (_, turn) => {
    const due = started + (turn * 1000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    await ask(turn)
    return performance.now() - due
  })
  const sorted = (await Promise.all(answers)).sort((a, b) => a - b)
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) }
}

/** The smallest of the sorted values that so large a part of them does not exceed. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}
