import { ApiError } from '../../api/api-error.ts'
import type { UploadOutcome } from '../../api/uploads.ts'
import {
  isRunning,
  type QueueAction,
  startable,
  type UploadJob,
  type UploadQueue,
  uploadQueueReducer,
} from './upload-queue.ts'

/** Sends one chart and says what that did. Rejects with {@link ApiError}, or with whatever `signal` was aborted with. */
export type SendUpload = (
  job: UploadJob,
  options: { signal: AbortSignal; onProgress: (sent: number, total: number) => void },
) => Promise<UploadOutcome>

/** Asks the registry, after a request was stopped, what it had done by then; null for nothing. Rejects without an answer. */
export type AskOutcome = (job: UploadJob) => Promise<UploadOutcome | null>

/** Keeps the queue going: starts what may start, and turns what happens on the network into moves of the queue. */
export interface UploadRunner {
  /** For React's useSyncExternalStore, together with `queue`. */
  subscribe: (listener: () => void) => () => void
  queue: () => UploadQueue
  /** Whether the queue waits for the browser to be back online. */
  isPaused: () => boolean
  /** Goes on after a pause; to be called when the browser is back online. */
  resume: () => void
  add: (jobs: readonly UploadJob[]) => void
  cancel: (id: string) => void
  cancelAll: () => void
  retry: (id: string, job?: UploadJob) => void
  /** Forgets all outcomes. Does nothing while something runs. */
  clear: () => void
}

/**
 * `onDrained` is called each time the last upload under way has ended. An upload that loses its connection while the
 * browser is offline has not failed: the queue pauses, and goes on when the browser is back. Offline alone pauses
 * nothing, as the registry may run on this very machine.
 */
export function createUploadRunner(
  send: SendUpload,
  ask: AskOutcome,
  onDrained: () => void,
  isBrowserOffline: () => boolean = () => navigator.onLine === false,
): UploadRunner {
  let queue: UploadQueue = []
  let paused = false
  const listeners = new Set<() => void>()
  const running = new Map<string, AbortController>()

  function dispatch(action: QueueAction) {
    const wasRunning = isRunning(queue)
    queue = uploadQueueReducer(queue, action)
    if (!isRunning(queue)) paused = false
    if (!paused) for (const job of startable(queue)) start(job)
    for (const listener of listeners) listener()
    if (wasRunning && !isRunning(queue)) onDrained()
  }

  function start(job: UploadJob) {
    const { id } = job
    const controller = new AbortController()
    const isCurrent = () => running.get(id) === controller
    running.set(id, controller)
    queue = uploadQueueReducer(queue, { type: 'started', id })
    const onProgress = (sent: number, total: number) => {
      if (isCurrent()) dispatch({ type: 'progressed', id, sent, total })
    }
    void send(job, { signal: controller.signal, onProgress }).then(
      (outcome) => settle({ type: 'succeeded', id, outcome }),
      (error: unknown) => settle(isOffline(error) ? { type: 'interrupted', id } : failureOf(id, error)),
    )

    function settle(action: QueueAction) {
      if (!isCurrent()) return
      running.delete(id)
      if (action.type === 'interrupted') paused = true
      dispatch(action)
    }
  }

  function isOffline(error: unknown): boolean {
    return error instanceof ApiError && error.code === 'NetworkError' && isBrowserOffline()
  }

  function cancel(id: string) {
    const controller = running.get(id)
    running.delete(id)
    controller?.abort()
    dispatch({ type: 'cancelled', id })
    const upload = queue.find(({ job }) => job.id === id)
    if (!controller || upload?.transfer.state !== 'cancelling') return
    void ask(upload.job).then(
      (outcome) => dispatch({ type: 'asked', id, outcome }),
      (error: unknown) => dispatch(failureOf(id, error)),
    )
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    queue: () => queue,
    isPaused: () => paused,
    resume: () => {
      if (!paused) return
      paused = false
      for (const job of startable(queue)) start(job)
      for (const listener of listeners) listener()
    },
    add: (jobs) => dispatch({ type: 'queued', jobs }),
    cancel,
    // The last first, so that none that waits gets its turn just to be cancelled.
    cancelAll: () => {
      for (const { job } of queue.toReversed()) cancel(job.id)
    },
    retry: (id, job) => dispatch(job ? { type: 'retried', id, job } : { type: 'retried', id }),
    clear: () => dispatch({ type: 'cleared' }),
  }
}

function failureOf(id: string, error: unknown): QueueAction {
  // Exceeded quotas are a 412 too; only the code tells them from a precondition that did not hold.
  if (error instanceof ApiError && error.code === 'PreconditionFailed') return { type: 'overtaken', id }
  return { type: 'failed', id, message: error instanceof Error ? error.message : String(error) }
}
