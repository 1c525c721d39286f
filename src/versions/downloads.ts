/**
 * A download that the console fetches itself, so that it can show how far it is, cancel it, and go on after the
 * session had ended. Moves: running → done | failed | cancelled. `total` is null where the registry did not say.
 */
export type DownloadState =
  | { state: 'running'; received: number; total: number | null }
  | { state: 'done'; size: number }
  | { state: 'failed'; message: string }
  | { state: 'cancelled' }

export interface Download {
  readonly id: number
  /** What it is saved as. */
  readonly fileName: string
  /** Versions in it. */
  readonly versions: number
  /** Whether provenance files are among what is in it. */
  readonly signed: boolean
  readonly progress: DownloadState
}

export interface DownloadRequest {
  readonly fileName: string
  readonly versions: number
  readonly signed: boolean
  /** Opens the stream. */
  readonly open: (signal: AbortSignal) => Promise<Response>
}

/** Downloads of the console; they go on while the reader looks at another page. */
export interface Downloads {
  subscribe: (listener: () => void) => () => void
  list: () => readonly Download[]
  start: (request: DownloadRequest) => void
  cancel: (id: number) => void
  /** Takes an ended download off the list. */
  dismiss: (id: number) => void
}

/** Reads a response to its end and saves it. */
export type SaveResponse = (
  response: Response,
  fileName: string,
  onProgress: (received: number, total: number | null) => void,
) => Promise<number>

/** `describe` turns what went wrong into a sentence. */
export function createDownloads(save: SaveResponse, describe: (error: unknown) => string): Downloads {
  let list: readonly Download[] = []
  let lastId = 0
  const listeners = new Set<() => void>()
  const running = new Map<number, AbortController>()

  function set(next: readonly Download[]) {
    list = next
    for (const listener of listeners) listener()
  }

  function move(id: number, progress: DownloadState) {
    set(list.map((one) => (one.id === id && one.progress.state === 'running' ? { ...one, progress } : one)))
    if (progress.state !== 'running') running.delete(id)
  }

  function start({ fileName, versions, signed, open }: DownloadRequest) {
    lastId += 1
    const id = lastId
    const controller = new AbortController()
    running.set(id, controller)
    // What went well before makes room; what failed stays until it was seen.
    const kept = list.filter(({ progress }) => progress.state === 'running' || progress.state === 'failed')
    set([...kept, { id, fileName, versions, signed, progress: { state: 'running', received: 0, total: null } }])

    void open(controller.signal)
      .then((response) =>
        save(response, fileName, (received, total) => move(id, { state: 'running', received, total })),
      )
      .then(
        (size) => move(id, { state: 'done', size }),
        (error: unknown) => move(id, { state: 'failed', message: describe(error) }),
      )
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    list: () => list,
    start,
    cancel(id) {
      const controller = running.get(id)
      move(id, { state: 'cancelled' })
      controller?.abort()
    },
    dismiss: (id) => set(list.filter((one) => one.id !== id || one.progress.state === 'running')),
  }
}
