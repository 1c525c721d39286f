import { ApiError } from '../../api/api-error.ts'
import type { UploadOutcome } from '../../api/uploads.ts'
import { createStore, type ReadableStore } from '../../create-store.ts'
import {
  isRunning,
  type QueueAction,
  startable,
  type UploadJob,
  type UploadQueue,
  uploadQueueReducer,
} from './upload-queue.ts'

/** Uploads one chart; resolves to the outcome. Rejects with {@link ApiError}, or with the abort reason of `signal`. */
export type SendUpload = (
  job: UploadJob,
  options: { signal: AbortSignal; onProgress: (sent: number, total: number) => void },
) => Promise<UploadOutcome>

/** Asks the registry for the outcome of an aborted request; null if nothing was stored. Rejects without a response. */
export type CheckOutcome = (job: UploadJob) => Promise<UploadOutcome | null>

export interface UploadRunnerState {
  readonly queue: UploadQueue
  /** Whether the queue is waiting for the browser to be online again. */
  readonly isPaused: boolean
}

/** Runs the queue: starts uploads as slots become free, and turns network events into transitions. */
export interface UploadRunner {
  readonly state: ReadableStore<UploadRunnerState>
  /** Continues after a pause. To be called when the browser is online again. */
  resume: () => void
  add: (jobs: readonly UploadJob[]) => void
  cancel: (id: string) => void
  cancelAll: () => void
  retry: (id: string, job?: UploadJob) => void
  /** Empties the queue. Does nothing while an upload is running. */
  clear: () => void
}

/**
 * Creates a runner. `onDrained` is called each time the last running upload has ended. An upload that loses its
 * connection while the browser is offline does not fail: the queue pauses until the browser is online again. It does
 * not pause for being offline without a lost connection, as the registry may run on this machine.
 */
export function createUploadRunner(
  send: SendUpload,
  checkOutcome: CheckOutcome,
  onDrained: () => void,
  isBrowserOffline: () => boolean = () => navigator.onLine === false,
): UploadRunner {
  let queue: UploadQueue = []
  let isPaused = false
  const state = createStore<UploadRunnerState>({ queue, isPaused })
  const running = new Map<string, AbortController>()

  function dispatch(action: QueueAction) {
    const wasRunning = isRunning(queue)
    queue = uploadQueueReducer(queue, action)
    if (!isRunning(queue)) isPaused = false
    if (!isPaused) for (const job of startable(queue)) start(job)
    state.set({ queue, isPaused })
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
      if (action.type === 'interrupted') isPaused = true
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
    void checkOutcome(upload.job).then(
      (outcome) => dispatch({ type: 'cancel-checked', id, outcome }),
      (error: unknown) => dispatch(failureOf(id, error)),
    )
  }

  return {
    state,
    resume: () => {
      if (!isPaused) return
      isPaused = false
      for (const job of startable(queue)) start(job)
      state.set({ queue, isPaused })
    },
    add: (jobs) => dispatch({ type: 'queued', jobs }),
    cancel,
    // In reverse, so that no waiting upload starts only to be cancelled.
    cancelAll: () => {
      for (const { job } of queue.toReversed()) cancel(job.id)
    },
    retry: (id, job) => dispatch(job ? { type: 'retried', id, job } : { type: 'retried', id }),
    clear: () => dispatch({ type: 'cleared' }),
  }
}

function failureOf(id: string, error: unknown): QueueAction {
  // An exceeded quota is a 412 too; only the code distinguishes it from a failed precondition.
  if (error instanceof ApiError && error.code === 'PreconditionFailed') return { type: 'conflicted', id }
  return { type: 'failed', id, message: error instanceof Error ? error.message : String(error) }
}
