import type { Caller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'

/** Limits of open uploads, neither finished nor cancelled: of one caller, and of all callers. */
export const OPEN_UPLOADS = { ofOne: 500, ofAll: 2000 } as const

const registries = new WeakMap<Registry, OpenUploads>()

/** Returns the open uploads that this process began. Each costs a file and about a kilobyte of memory. */
export function openUploads(registry: Registry): OpenUploads {
  const uploads = registries.get(registry) ?? new OpenUploads(registry)
  registries.set(registry, uploads)
  return uploads
}

class OpenUploads {
  readonly #registry: Registry
  /** By ID, least recently appended to first. `touched` is in milliseconds since 1970. */
  readonly #open = new Map<string, { readonly holder: string; readonly touched: number }>()
  readonly #ofHolder = new Map<string, number>()
  #ofAll = 0

  constructor(registry: Registry) {
    this.#registry = registry
  }

  /** Begins an upload of `caller` and returns its ID. Throws `uploads-open`, `uploads-open-in-all`. */
  async begin(caller: Caller): Promise<string> {
    const holder = caller.kind === 'anonymous' ? caller.kind : `${caller.kind} ${caller.id}`
    const own = this.#ofHolder.get(holder) ?? 0
    if (own >= OPEN_UPLOADS.ofOne) throw new RegistryError('uploads-open', { limit: OPEN_UPLOADS.ofOne })
    if (this.#ofAll >= OPEN_UPLOADS.ofAll) throw new RegistryError('uploads-open-in-all')
    // Counts before the await, because concurrent calls check the limits meanwhile.
    this.#count(holder, 1)
    try {
      const { id } = await this.#registry.blobs.begin()
      this.#open.set(id, { holder, touched: this.#now() })
      return id
    } catch (error) {
      this.#count(holder, -1)
      throw error
    }
  }

  /** Records activity of an upload. */
  touch(id: string): void {
    const upload = this.#open.get(id)
    if (!upload) return
    this.#open.delete(id)
    this.#open.set(id, { ...upload, touched: this.#now() })
  }

  /** Records the end of an upload. */
  end(id: string): void {
    const upload = this.#open.get(id)
    if (!upload) return
    this.#open.delete(id)
    this.#count(upload.holder, -1)
  }

  /** Records that uploads without activity for `idle` milliseconds were discarded. */
  forgetIdle(idle: number): void {
    const before = this.#now() - idle
    for (const [id, { touched }] of this.#open) {
      if (touched > before) break
      this.end(id)
    }
  }

  #count(holder: string, change: 1 | -1): void {
    this.#ofAll += change
    const open = (this.#ofHolder.get(holder) ?? 0) + change
    if (open > 0) this.#ofHolder.set(holder, open)
    else this.#ofHolder.delete(holder)
  }

  #now(): number {
    return Date.parse(this.#registry.now())
  }
}
