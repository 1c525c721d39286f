import type { Caller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'

/** Uploads that may be open, begun and neither finished nor cancelled: of one caller, and of all together. */
export const OPEN_UPLOADS = { ofOne: 500, ofAll: 2000 } as const

const registries = new WeakMap<Registry, OpenUploads>()

/** The uploads that were begun in this process and are still open: each is a file and about a kilobyte of memory. */
export function openUploads(registry: Registry): OpenUploads {
  const uploads = registries.get(registry) ?? new OpenUploads(registry)
  registries.set(registry, uploads)
  return uploads
}

class OpenUploads {
  readonly #registry: Registry
  /** By ID, the one that was appended to longest ago first. */
  readonly #open = new Map<string, { readonly holder: string; readonly touched: number }>()
  readonly #ofHolder = new Map<string, number>()
  #ofAll = 0

  constructor(registry: Registry) {
    this.#registry = registry
  }

  /** Begins an upload of `caller` and answers with its ID. Throws `uploads-open`, `uploads-open-in-all`. */
  async begin(caller: Caller): Promise<string> {
    const holder = caller.kind === 'anonymous' ? caller.kind : `${caller.kind} ${caller.id}`
    const own = this.#ofHolder.get(holder) ?? 0
    if (own >= OPEN_UPLOADS.ofOne) throw new RegistryError('uploads-open', { limit: OPEN_UPLOADS.ofOne })
    if (this.#ofAll >= OPEN_UPLOADS.ofAll) throw new RegistryError('uploads-open-in-all')
    // Before it is there: others begin meanwhile.
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

  /** Notes that something is appended to an upload. */
  touch(id: string): void {
    const upload = this.#open.get(id)
    if (!upload) return
    this.#open.delete(id)
    this.#open.set(id, { ...upload, touched: this.#now() })
  }

  /** Notes that an upload was finished or dropped. */
  end(id: string): void {
    const upload = this.#open.get(id)
    if (!upload) return
    this.#open.delete(id)
    this.#count(upload.holder, -1)
  }

  /** Notes that the uploads were dropped that nothing was appended to for so many milliseconds. */
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
