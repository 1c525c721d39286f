import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from './http/context.ts'
import type { Pace } from './registry/blobs/stored-blobs.ts'
import { scrubBlobs, scrubState } from './registry/storage/scrub-blobs.ts'

/** Milliseconds from the start to the first look whether a pass is due, and between looks. */
const BEFORE_FIRST = 10 * 60 * 1000
const BETWEEN_LOOKS = 60 * 60 * 1000
/** Milliseconds from the end of one pass to the next. */
const BETWEEN_PASSES = 7 * 24 * 60 * 60 * 1000
/** Bytes per second that are read: 100 GB take seven hours. */
const RATE = 4 * 1024 * 1024
/** Shorter waits are added up: timers are not exact. */
const SHORTEST_WAIT = 20

/** Checks all blobs once a week, slowly, until it is disposed of; the next process goes on where this one stopped. */
export function scrubNowAndThen({ registry, log }: Pick<Context, 'registry' | 'log'>): AsyncDisposable {
  const stopping = new AbortController()
  const wait = (milliseconds: number) => sleep(milliseconds, undefined, { signal: stopping.signal, ref: false })
  const running = run().catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'blob check ended')
  })

  async function run(): Promise<void> {
    await wait(BEFORE_FIRST)
    for (;;) {
      await pass().catch((error: unknown) => {
        if (stopping.signal.aborted) throw error
        log.error({ err: error }, 'blob check failed')
      })
      await wait(BETWEEN_LOOKS)
    }
  }

  async function pass(): Promise<void> {
    const { position, lastFinished } = await scrubState(registry)
    const isDue = lastFinished === null || Date.parse(registry.now()) - Date.parse(lastFinished) >= BETWEEN_PASSES
    if (position === null && !isDue) return
    await scrubBlobs(registry, {
      pace: steady(RATE, wait),
      isStopped: () => stopping.signal.aborted,
      onDamage: ({ digest, size }, damage) => log.error({ digest, size, damage }, 'blob damaged'),
    })
  }

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await running
    },
  }
}

/** Keeps a reader to a number of bytes per second. */
function steady(bytesPerSecond: number, wait: (milliseconds: number) => Promise<void>): Pace {
  let due = performance.now()
  return async (bytes) => {
    const now = performance.now()
    due = Math.max(due, now) + (bytes / bytesPerSecond) * 1000
    if (due - now >= SHORTEST_WAIT) await wait(due - now)
  }
}
