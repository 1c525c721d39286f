import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'

/** Result of work during which the event loop was watched. */
export interface Watched<T> {
  readonly result: T
  /** CPU time of the longest turn of the event loop, in milliseconds, in which nothing else could run. */
  readonly longestPause: number
}

/** Shortest turn that is recorded, in milliseconds of CPU time. */
const SHORT = 5

/**
 * Runs `work` and measures the longest turn of the event loop meanwhile.
 *
 * Measures the CPU time of this thread and not elapsed time, which depends on the load of the machine. The runtime's
 * garbage collection within a turn is subtracted, because it depends on earlier work. Does not include the time spent
 * waiting for the disk, which `bench` measures.
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
    // The observer receives its entries in a separate task.
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

/** CPU time of this thread, in milliseconds. */
function threadTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
