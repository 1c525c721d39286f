import { LRUCache } from 'lru-cache'
import type { Registry } from './registry.ts'

export interface RevisionCacheOptions<T> {
  /** Limit of the sizes of all entries together, in bytes. */
  readonly maxBytes: number
  /** Size of a value in bytes. */
  sizeOf(value: T): number
  /** Revision of the data that the value was computed from. */
  revisionOf(value: T): string
}

/** Returns a function that returns the cache of a registry and creates it on first use. */
export function revisionCache<T>(options: RevisionCacheOptions<T>): (registry: Registry) => RevisionCache<T> {
  const caches = new WeakMap<Registry, RevisionCache<T>>()
  return (registry) => {
    const cache = caches.get(registry) ?? new RevisionCache(options)
    caches.set(registry, cache)
    return cache
  }
}

/**
 * LRU cache of values computed from the database, limited by their size. An entry is valid for one revision of its
 * data. The caller reads the current revision from the database before each lookup, because another process may have
 * written.
 */
export class RevisionCache<T> {
  readonly #revisionOf: (value: T) => string
  readonly #entries: LRUCache<string, { readonly value: T }>
  readonly #running = new Map<string, Promise<T>>()

  constructor({ maxBytes, sizeOf, revisionOf }: RevisionCacheOptions<T>) {
    this.#revisionOf = revisionOf
    this.#entries = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ value }) => Math.max(1, sizeOf(value)) })
  }

  /**
   * Returns the value of `name` at `revision`. On a miss, concurrent callers share one call of `make`, which receives
   * the cached value of an earlier revision, if any. Rejects with the error of `make`, which is not cached.
   */
  async get(name: string, revision: string, make: (previous: T | undefined) => Promise<T>): Promise<T> {
    const cached = this.#entries.get(name)?.value
    if (cached !== undefined && this.#revisionOf(cached) === revision) return cached
    const key = `${name} ${revision}`
    let running = this.#running.get(key)
    if (!running) {
      running = make(cached)
        .then((value) => {
          this.#entries.set(name, { value })
          return value
        })
        .finally(() => this.#running.delete(key))
      this.#running.set(key, running)
    }
    return running
  }
}
