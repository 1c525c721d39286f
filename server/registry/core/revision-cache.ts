import type { Registry } from './registry.ts'

export interface RevisionCacheOptions<T> {
  /** The most that all values together may take, in bytes. */
  readonly room: number
  sizeOf(value: T): number
  /** Of what state of the database the value is. */
  stateOf(value: T): string
}

/** A cache for each registry. */
export function revisionCache<T>(options: RevisionCacheOptions<T>): (registry: Registry) => RevisionCache<T> {
  const caches = new WeakMap<Registry, RevisionCache<T>>()
  return (registry) => {
    const cache = caches.get(registry) ?? new RevisionCache(options)
    caches.set(registry, cache)
    return cache
  }
}

/**
 * What is made from the database, kept in the process as long as it is true and there is room. What is true is for the
 * caller to say, by a state that the database is asked for each time: another process may have written.
 */
export class RevisionCache<T> {
  readonly #options: RevisionCacheOptions<T>
  /** The one that was not asked for for longest is first. */
  readonly #kept = new Map<string, T>()
  readonly #running = new Map<string, Promise<T>>()
  #bytes = 0

  constructor(options: RevisionCacheOptions<T>) {
    this.#options = options
  }

  /**
   * The value of `name` in `state`. When it must be made, it is made once for all who ask meanwhile, and `make` is
   * given what was kept of it in an earlier state.
   */
  async get(name: string, state: string, make: (previous: T | undefined) => Promise<T>): Promise<T> {
    const current = this.#find(name, state)
    if (current !== undefined) return current
    const key = `${name} ${state}`
    let running = this.#running.get(key)
    if (!running) {
      running = make(this.#kept.get(name))
        .then((made) => {
          this.#keep(name, made)
          return made
        })
        .finally(() => this.#running.delete(key))
      this.#running.set(key, running)
    }
    return running
  }

  #find(name: string, state: string): T | undefined {
    const found = this.#kept.get(name)
    if (found === undefined || this.#options.stateOf(found) !== state) return undefined
    this.#kept.delete(name)
    this.#kept.set(name, found)
    return found
  }

  #keep(name: string, made: T): void {
    this.#drop(name)
    const size = this.#options.sizeOf(made)
    if (size > this.#options.room) return
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes + size <= this.#options.room) break
      this.#drop(oldest)
    }
    this.#kept.set(name, made)
    this.#bytes += size
  }

  #drop(name: string): void {
    const found = this.#kept.get(name)
    if (found === undefined) return
    this.#kept.delete(name)
    this.#bytes -= this.#options.sizeOf(found)
  }
}
