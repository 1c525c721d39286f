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
  readonly #options: RevisionCacheOptions<T>
  /** Least recently used first. */
  readonly #entries = new Map<string, T>()
  readonly #running = new Map<string, Promise<T>>()
  #bytes = 0

  constructor(options: RevisionCacheOptions<T>) {
    this.#options = options
  }

  /**
   * Returns the value of `name` at `revision`. On a miss, concurrent callers share one call of `make`, which receives
   * the cached value of an earlier revision, if any. Rejects with the error of `make`, which is not cached.
   */
  async get(name: string, revision: string, make: (previous: T | undefined) => Promise<T>): Promise<T> {
    const current = this.#find(name, revision)
    if (current !== undefined) return current
    const key = `${name} ${revision}`
    let running = this.#running.get(key)
    if (!running) {
      running = make(this.#entries.get(name))
        .then((value) => {
          this.#store(name, value)
          return value
        })
        .finally(() => this.#running.delete(key))
      this.#running.set(key, running)
    }
    return running
  }

  #find(name: string, revision: string): T | undefined {
    const found = this.#entries.get(name)
    if (found === undefined || this.#options.revisionOf(found) !== revision) return undefined
    this.#entries.delete(name)
    this.#entries.set(name, found)
    return found
  }

  #store(name: string, value: T): void {
    this.#drop(name)
    const size = this.#options.sizeOf(value)
    if (size > this.#options.maxBytes) return
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes + size <= this.#options.maxBytes) break
      this.#drop(oldest)
    }
    this.#entries.set(name, value)
    this.#bytes += size
  }

  #drop(name: string): void {
    const found = this.#entries.get(name)
    if (found === undefined) return
    this.#entries.delete(name)
    this.#bytes -= this.#options.sizeOf(found)
  }
}
