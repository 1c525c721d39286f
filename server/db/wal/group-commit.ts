/**
 * Group commit: concurrent callers share one flush. A call during a flush waits for the next one, which begins when that
 * one has ended and so includes everything that was written before the call. Once a flush has failed, all later calls
 * are rejected, because it is unknown what the medium has kept. `onFailure` is called once, before any caller is
 * rejected.
 */
export function groupCommit(flush: () => Promise<void>, onFailure?: (error: unknown) => void): () => Promise<void> {
  let running = Promise.resolve()
  let next: Promise<void> | undefined
  const begin = () => {
    next = undefined
    return flush().catch((error: unknown) => {
      onFailure?.(error)
      throw error
    })
  }
  return () => {
    if (!next) {
      next = running.then(begin)
      running = next
    }
    return next
  }
}
