/**
 * Whether the first page stands: all that it asked for has come, and the browser has had a moment with nothing to do.
 * What no page needs to be read and searched waits for that, so that it does not take the line and the processor from
 * what does. It never goes back.
 */
let settled = false
const listeners = new Set<() => void>()

export function settle(): void {
  settled = true
  for (const listener of listeners) listener()
}

/** For React's useSyncExternalStore, together with {@link subscribeToSettled}. */
export function isSettled(): boolean {
  return settled
}

/** Calls `listener` when the first page stands, until the returned function is called. */
export function subscribeToSettled(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
