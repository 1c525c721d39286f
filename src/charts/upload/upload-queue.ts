import type { Precondition } from '../../../contract/domain/precondition.ts'
import type { UploadOutcome } from '../../api/uploads.ts'

/** Number of uploads that run at the same time. */
const MAX_CONCURRENT = 3

/** A chart to upload, with the user's decisions about it. */
export interface UploadJob {
  readonly id: string
  /** Display name: `nginx 1.2.3`. */
  readonly name: string
  readonly namespace: string
  /** File name that the registry will store it under, as far as the browser can tell. */
  readonly fileName: string
  /** Archive digest, 64 hex digits. */
  readonly sha256: string
  /** Name and version in Chart.yaml; null for an archive that the browser could not open. */
  readonly chart: { readonly name: string; readonly version: string } | null
  readonly archive: File
  readonly provenance: File | null
  readonly precondition: Precondition
  /** Outcome in case of success, which follows from the verdict and the precondition. */
  readonly outcome: UploadOutcome
}

/**
 * State of an upload. Transitions:
 *
 *     waiting → sending → done | failed | conflicted    (the runner)
 *     waiting | sending → cancelled                     (the user)
 *     sending → waiting                                 (the runner: the browser is offline)
 *     sending → cancelling → done | cancelled | failed  (the user, once all bytes are sent; then the registry)
 *     failed | cancelled | conflicted → waiting         (the user: retry)
 *
 * `sent` counts bytes of the whole request. `conflicted`: the precondition failed, as another client pushed meanwhile.
 * `cancelling`: the request was aborted, and the registry is asked if it has stored the chart; `tooLate`: it has.
 */
export type Transfer =
  | { state: 'waiting' }
  | { state: 'sending'; sent: number; total: number }
  | { state: 'cancelling' }
  | { state: 'done'; outcome: UploadOutcome; tooLate?: true }
  | { state: 'failed'; message: string }
  | { state: 'conflicted' }
  | { state: 'cancelled' }

export interface Upload {
  readonly job: UploadJob
  readonly transfer: Transfer
}

/** Uploads in the order in which they were added. */
export type UploadQueue = readonly Upload[]

export type QueueAction =
  | { type: 'queued'; jobs: readonly UploadJob[] }
  | { type: 'started'; id: string }
  | { type: 'progressed'; id: string; sent: number; total: number }
  | { type: 'interrupted'; id: string }
  | { type: 'succeeded'; id: string; outcome: UploadOutcome }
  | { type: 'failed'; id: string; message: string }
  | { type: 'conflicted'; id: string }
  /** Result of asking the registry about a cancelled upload: its outcome, or null if nothing was stored. */
  | { type: 'cancel-checked'; id: string; outcome: UploadOutcome | null }
  | { type: 'cancelled'; id: string }
  /** `job` replaces the previous one, with the precondition that the user has decided on after a conflict. */
  | { type: 'retried'; id: string; job?: UploadJob }
  | { type: 'cleared' }

/** Ignores transitions that {@link Transfer} does not list: late progress of a cancelled upload, a second outcome. */
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
    case 'conflicted':
      return move(queue, action.id, ['sending'], { state: 'conflicted' })
    case 'cancelled':
      return queue.some(({ job, transfer }) => job.id === action.id && isAllSent(transfer))
        ? move(queue, action.id, ['sending'], { state: 'cancelling' })
        : move(queue, action.id, ['waiting', 'sending'], { state: 'cancelled' })
    case 'cancel-checked':
      return action.outcome === null
        ? move(queue, action.id, ['cancelling'], { state: 'cancelled' })
        : move(queue, action.id, ['cancelling'], { state: 'done', outcome: action.outcome, tooLate: true })
    case 'retried':
      return move(queue, action.id, ['failed', 'cancelled', 'conflicted'], { state: 'waiting' }, action.job)
    case 'cleared':
      return isRunning(queue) ? queue : []
  }
}

/** Returns the uploads to start now, in order. */
export function startable(queue: UploadQueue): UploadJob[] {
  const free = MAX_CONCURRENT - queue.filter(({ transfer }) => transfer.state === 'sending').length
  const waiting = queue.filter(({ transfer }) => transfer.state === 'waiting')
  return waiting.slice(0, Math.max(0, free)).map(({ job }) => job)
}

/** Whether any upload is waiting, being sent or being cancelled. */
export function isRunning(queue: UploadQueue): boolean {
  return queue.some(({ transfer }) => isOpen(transfer))
}

function isOpen({ state }: Transfer): boolean {
  return state === 'waiting' || state === 'sending' || state === 'cancelling'
}

/** Whether all bytes are sent and only the response is missing: from then on the registry may have stored the chart. */
export function isAllSent(transfer: Transfer): boolean {
  return transfer.state === 'sending' && transfer.total > 0 && transfer.sent >= transfer.total
}

/** Fraction of an upload that has been sent, 0 to 1; 1 for an ended upload, whatever its outcome. */
export function progressOf(transfer: Transfer): number {
  if (transfer.state === 'waiting') return 0
  if (transfer.state === 'sending') return transfer.total > 0 ? Math.min(1, transfer.sent / transfer.total) : 0
  return 1
}

/** Fraction of the queue's bytes that have been sent, 0 to 1. */
export function overallProgress(queue: UploadQueue): number {
  const sizeOf = ({ job }: Upload) => job.archive.size + (job.provenance?.size ?? 0)
  const total = queue.reduce((sum, upload) => sum + sizeOf(upload), 0)
  if (total === 0) return 0
  return queue.reduce((sum, upload) => sum + sizeOf(upload) * progressOf(upload.transfer), 0) / total
}

/** Counts uploads by outcome; those that have not ended are `open`. */
export function tally(
  queue: UploadQueue,
): Record<UploadOutcome | 'failed' | 'conflicted' | 'cancelled' | 'open', number> {
  const counts = {
    created: 0,
    replaced: 0,
    unchanged: 0,
    'provenance-added': 0,
    restored: 0,
    failed: 0,
    conflicted: 0,
    cancelled: 0,
    open: 0,
  }
  for (const { transfer } of queue) {
    if (transfer.state === 'done') counts[transfer.outcome] += 1
    else if (transfer.state === 'failed' || transfer.state === 'conflicted' || transfer.state === 'cancelled') {
      counts[transfer.state] += 1
    } else counts.open += 1
  }
  return counts
}

function move(queue: UploadQueue, id: string, from: Transfer['state'][], to: Transfer, job?: UploadJob): UploadQueue {
  const at = queue.findIndex((upload) => upload.job.id === id && from.includes(upload.transfer.state))
  return at < 0 ? queue : queue.with(at, { job: job ?? queue[at]!.job, transfer: to }) // at is from findIndex
}
