import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'

/** Work done while the event loop was watched. */
export interface Watched<T> {
  readonly result: T
  /** Milliseconds of processor time that the longest turn of the event loop took: for so long, nothing else ran. */
  readonly longestPause: number
}

/** Turns shorter than this are not looked at again; milliseconds. */
const SHORT = 5

/**
 * Runs `work` and measures the longest turn of the event loop meanwhile.
 *
 * It measures the processor time of this thread, not the time on the clock: when the machine is busy, a turn takes
 * longer by the clock, but costs the thread about the same. Garbage collection that falls into a turn is subtracted,
 * as it depends on everything that ran before. Time spent waiting for the disk is not seen: `bench` measures that.
 */
export async function watchEventLoop<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const collections: PerformanceEntry[] = []
  const observer = new PerformanceObserver((list) => void collections.push(...list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })
  const turns: { start: number; end: number; used: number }[] = []
  let [start, usedBefore] = [performance.now(), threadTime()]
  const endTurn = () => {
    const [end, usedAfter] = [performance.now(), threadTime()]
    if (usedAfter - usedBefore > SHORT) turns.push({ start, end, used: usedAfter - usedBefore })
    start = end
    usedBefore = usedAfter
  }
  // An immediate that schedules the next one runs exactly once in each turn.
  let next = setImmediate(function turn() {
    endTurn()
    next = setImmediate(turn)
  })
  try {
    const result = await work()
    endTurn()
    // Entries are handed over in a task of their own.
    await new Promise((resolve) => setImmediate(resolve))
    collections.push(...observer.takeRecords())
    const pauses = turns.map(({ start, end, used }) => {
      const within = collections.filter(({ startTime }) => startTime >= start && startTime < end)
      return used - within.reduce((sum, { duration }) => sum + duration, 0)
    })
    return { result, longestPause: Math.max(0, ...pauses) }
  } finally {
    clearImmediate(next)
    observer.disconnect()
  }
}

/** Processor time of this thread, in milliseconds. */
function threadTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
