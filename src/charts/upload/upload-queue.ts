import type { Precondition, UploadOutcome } from '../../api/uploads.ts'

/** Uploads under way at the same time. */
const AT_ONCE = 3

/** One chart to be sent, with everything that was decided about it. */
export interface UploadJob {
  readonly id: string
  /** What a person calls it: `nginx 1.2.3`. */
  readonly name: string
  readonly namespace: string
  /** Under which the registry keeps it, as far as the browser can tell. */
  readonly fileName: string
  /** Archive digest, 64 hex digits. */
  readonly sha256: string
  /** Name and version in Chart.yaml; null for an archive that the browser could not open. */
  readonly chart: { readonly name: string; readonly version: string } | null
  readonly archive: File
  readonly provenance: File | null
  readonly precondition: Precondition
  /** What a success means: it follows from the verdict and the precondition. */
  readonly outcome: UploadOutcome
}

/**
 * Where an upload stands. Moves:
 *
 *     waiting → sending → done | failed | overtaken     (the runner)
 *     waiting | sending → cancelled                     (the person)
 *     sending → waiting                                 (the runner: the browser is offline)
 *     sending → cancelling → done | cancelled | failed  (the person, when all bytes have gone out; then the registry)
 *     failed | cancelled | overtaken → waiting          (the person: try again)
 *
 * `overtaken`: the precondition did not hold, somebody else pushed meanwhile. `sent` counts bytes of the whole request.
 * `cancelling`: the request was stopped, and the registry is asked whether it had kept the chart by then; `tooLate` if so.
 */
export type Transfer =
  | { state: 'waiting' }
  | { state: 'sending'; sent: number; total: number }
  | { state: 'cancelling' }
  | { state: 'done'; outcome: UploadOutcome; tooLate?: true }
  | { state: 'failed'; message: string }
  | { state: 'overtaken' }
  | { state: 'cancelled' }

export interface Upload {
  readonly job: UploadJob
  readonly transfer: Transfer
}

/** In the order in which they were queued. */
export type UploadQueue = readonly Upload[]

export type QueueAction =
  | { type: 'queued'; jobs: readonly UploadJob[] }
  | { type: 'started'; id: string }
  | { type: 'progressed'; id: string; sent: number; total: number }
  | { type: 'interrupted'; id: string }
  | { type: 'succeeded'; id: string; outcome: UploadOutcome }
  | { type: 'failed'; id: string; message: string }
  | { type: 'overtaken'; id: string }
  /** The answer to an upload that is being cancelled: what it did, or null for nothing. */
  | { type: 'asked'; id: string; outcome: UploadOutcome | null }
  | { type: 'cancelled'; id: string }
  /** `job` carries another precondition where the person has decided anew. */
  | { type: 'retried'; id: string; job?: UploadJob }
  | { type: 'cleared' }

/** Moves that are not in the picture above are ignored: late progress of a cancelled upload, a second outcome. */
export function uploadQueueReducer(queue: UploadQueue, action: QueueAction): UploadQueue {
  switch (action.type) {
    case 'queued':
      return [...queue, ...action.jobs.map((job) => ({ job, transfer: { state: 'waiting' } as const }))]
    case 'started':
      return move(queue, action.id, ['waiting'], { state: 'sending', sent: 0, total: 0 })
    case 'progressed':
      return move(queue, action.id, ['sending'], { state: 'sending', sent: action.sent, total: action.total })
    case 'interrupted':
      return move(queue, action.id, ['sending'], { state: 'waiting' })
    case 'succeeded':
      return move(queue, action.id, ['sending'], { state: 'done', outcome: action.outcome })
    case 'failed':
      return move(queue, action.id, ['sending', 'cancelling'], { state: 'failed', message: action.message })
    case 'overtaken':
      return move(queue, action.id, ['sending'], { state: 'overtaken' })
    case 'cancelled':
      return queue.some(({ job, transfer }) => job.id === action.id && isAllSent(transfer))
        ? move(queue, action.id, ['sending'], { state: 'cancelling' })
        : move(queue, action.id, ['waiting', 'sending'], { state: 'cancelled' })
    case 'asked':
      return action.outcome === null
        ? move(queue, action.id, ['cancelling'], { state: 'cancelled' })
        : move(queue, action.id, ['cancelling'], { state: 'done', outcome: action.outcome, tooLate: true })
    case 'retried':
      return move(queue, action.id, ['failed', 'cancelled', 'overtaken'], { state: 'waiting' }, action.job)
    case 'cleared':
      return isRunning(queue) ? queue : []
  }
}

/** The uploads to be started now, first come first served. */
export function startable(queue: UploadQueue): UploadJob[] {
  const free = AT_ONCE - queue.filter(({ transfer }) => transfer.state === 'sending').length
  const waiting = queue.filter(({ transfer }) => transfer.state === 'waiting')
  return waiting.slice(0, Math.max(0, free)).map(({ job }) => job)
}

/** Whether anything is being sent, waits for its turn, or is not known to have ended. */
export function isRunning(queue: UploadQueue): boolean {
  return queue.some(({ transfer }) => isOpen(transfer))
}

function isOpen({ state }: Transfer): boolean {
  return state === 'waiting' || state === 'sending' || state === 'cancelling'
}

/** Whether all bytes have gone out and only the answer is missing: from then on the registry may have kept the chart. */
export function isAllSent(transfer: Transfer): boolean {
  return transfer.state === 'sending' && transfer.total > 0 && transfer.sent >= transfer.total
}

/** How much of an upload has gone out, 0 to 1. What is settled counts as gone, however it ended. */
export function progressOf(transfer: Transfer): number {
  if (transfer.state === 'waiting') return 0
  if (transfer.state === 'sending') return transfer.total > 0 ? Math.min(1, transfer.sent / transfer.total) : 0
  return 1
}

/** How much of the whole queue has gone out by bytes, 0 to 1. */
export function overallProgress(queue: UploadQueue): number {
  const sizeOf = ({ job }: Upload) => job.archive.size + (job.provenance?.size ?? 0)
  const total = queue.reduce((sum, upload) => sum + sizeOf(upload), 0)
  if (total === 0) return 0
  return queue.reduce((sum, upload) => sum + sizeOf(upload) * progressOf(upload.transfer), 0) / total
}

/** How many uploads ended in which way; those under way are `open`. */
export function tally(
  queue: UploadQueue,
): Record<UploadOutcome | 'failed' | 'overtaken' | 'cancelled' | 'open', number> {
  const counts = {
    created: 0,
    replaced: 0,
    unchanged: 0,
    'provenance-added': 0,
    restored: 0,
    failed: 0,
    overtaken: 0,
    cancelled: 0,
    open: 0,
  }
  for (const { transfer } of queue) {
    if (transfer.state === 'done') counts[transfer.outcome] += 1
    else if (transfer.state === 'failed' || transfer.state === 'overtaken' || transfer.state === 'cancelled') {
      counts[transfer.state] += 1
    } else counts.open += 1
  }
  return counts
}

function move(queue: UploadQueue, id: string, from: Transfer['state'][], to: Transfer, job?: UploadJob): UploadQueue {
  const at = queue.findIndex((upload) => upload.job.id === id && from.includes(upload.transfer.state))
  return at < 0 ? queue : queue.with(at, { job: job ?? queue[at]!.job, transfer: to }) // findIndex gave it
}
