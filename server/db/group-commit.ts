/**
 * One flush for all who ask for it while another is under way: it begins when that one has ended, and so takes in
 * whatever was written before they asked. Once one has failed, all later ones do: it is unknown then what the medium has
 * kept of what came before. `onFailure` is called once, before any caller is rejected.
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
