import { createStore, type ReadableStore } from '../create-store.ts'

/**
 * State of a download that the console fetches itself, to show its progress, cancel it, and continue after the session
 * expired. Moves: running → done | failed | cancelled. `total` is null if the response has no Content-Length.
 */
export type DownloadState =
  | { state: 'running'; received: number; total: number | null }
  | { state: 'done'; size: number }
  | { state: 'failed'; message: string }
  | { state: 'cancelled' }

export interface Download {
  readonly id: number
  readonly fileName: string
  /** Number of versions. */
  readonly versions: number
  /** Whether it contains provenance files. */
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

/** The downloads of the console. They continue on other pages. */
export interface Downloads {
  list: ReadableStore<readonly Download[]>
  start: (request: DownloadRequest) => void
  cancel: (id: number) => void
  /** Removes a finished download from the list. */
  dismiss: (id: number) => void
}

/** Saves a response body; resolves to its size in bytes. */
export type SaveResponse = (
  response: Response,
  fileName: string,
  onProgress: (received: number, total: number | null) => void,
) => Promise<number>

/** `describe` turns an error into a sentence. */
export function createDownloads(save: SaveResponse, describe: (error: unknown) => string): Downloads {
  const list = createStore<readonly Download[]>([])
  let lastId = 0
  const running = new Map<number, AbortController>()

  function move(id: number, progress: DownloadState) {
    list.set(list.get().map((one) => (one.id === id && one.progress.state === 'running' ? { ...one, progress } : one)))
    if (progress.state !== 'running') running.delete(id)
  }

  function start({ fileName, versions, signed, open }: DownloadRequest) {
    lastId += 1
    const id = lastId
    const controller = new AbortController()
    running.set(id, controller)
    // Finished downloads are removed; failed ones stay until dismissed.
    const kept = list.get().filter(({ progress }) => progress.state === 'running' || progress.state === 'failed')
    list.set([...kept, { id, fileName, versions, signed, progress: { state: 'running', received: 0, total: null } }])

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
    list,
    start,
    cancel(id) {
      const controller = running.get(id)
      move(id, { state: 'cancelled' })
      controller?.abort()
    },
    dismiss: (id) => list.set(list.get().filter((one) => one.id !== id || one.progress.state === 'running')),
  }
}
