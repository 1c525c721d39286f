const query = matchMedia('(prefers-reduced-motion: reduce)')

/** Whether the reader's machine asks for no motion. */
export function isStill(): boolean {
  return query.matches
}

/** Calls `listener` on each change until the returned function is called. */
export function subscribeToMotion(listener: () => void): () => void {
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
