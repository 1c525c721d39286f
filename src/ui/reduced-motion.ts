import type { ReadableStore } from '../create-store.ts'

const query = matchMedia('(prefers-reduced-motion: reduce)')

/** Whether the operating system asks for reduced motion. */
export const reducedMotion: ReadableStore<boolean> = {
  get: () => query.matches,
  subscribe(listener) {
    query.addEventListener('change', listener)
    return () => query.removeEventListener('change', listener)
  },
}
