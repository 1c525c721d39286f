export interface KeptTextsOptions<T> {
  /** The most that all of them together may take, in bytes. */
  readonly room: number
  sizeOf(text: T): number
  /** Of what state of the database the text is. */
  stateOf(text: T): string
}

/**
 * Large texts, or lists of them, that are made from the database, kept in the process as long as they are true and there is room. What
 * is true is for the caller to say, by a state that is read from the database each time: another process may have
 * written.
 */
export class KeptTexts<T> {
  readonly #options: KeptTextsOptions<T>
  /** The one that was not asked for for longest is first. */
  readonly #kept = new Map<string, T>()
  readonly #running = new Map<string, Promise<T>>()
  #bytes = 0

  constructor(options: KeptTextsOptions<T>) {
    this.#options = options
  }

  /**
   * The text of `name` in `state`. When it must be made, it is made once for all who ask meanwhile, and `make` is
   * given what was kept of it in an earlier state.
   */
  async get(name: string, state: string, make: (previous: T | undefined) => Promise<T>): Promise<T> {
    const found = this.#kept.get(name)
    if (found !== undefined && this.#options.stateOf(found) === state) {
      this.#kept.delete(name)
      this.#kept.set(name, found)
      return found
    }
    const key = `${name} ${state}`
    let running = this.#running.get(key)
    if (!running) {
      running = make(found)
        .then((made) => {
          this.#keep(name, made)
          return made
        })
        .finally(() => this.#running.delete(key))
      this.#running.set(key, running)
    }
    return running
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
