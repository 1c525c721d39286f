/**
 * One flush for all who ask for it while another is under way: it begins when that one has ended, and so takes in
 * whatever was written before they asked. Once one has failed, all later ones do: nobody knows then what the medium has
 * kept of what came before.
 */
export function sharedFlush(flush: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve()
  let next: Promise<void> | undefined
  const begin = () => {
    next = undefined
    return flush()
  }
  return () => {
    if (!next) {
      next = running.then(begin)
      running = next
    }
    return next
  }
}
