import { describe, expect, test } from 'vitest'
import {
  isRunning,
  overallProgress,
  type QueueAction,
  startable,
  tally,
  type UploadJob,
  type UploadQueue,
  uploadQueueReducer,
} from './upload-queue.ts'

describe('upload queue', () => {
  test('starts three uploads at a time, in order', () => {
    let queue = queueAfter({ type: 'queued', jobs: ['a', 'b', 'c', 'd', 'e'].map((id) => job(id)) })
    expect(ids(startable(queue))).toEqual(['a', 'b', 'c'])
    queue = queueAfter({ type: 'started', id: 'a' }, { type: 'started', id: 'b' }, { type: 'started', id: 'c' }, queue)
    expect(startable(queue)).toEqual([])
    queue = queueAfter({ type: 'succeeded', id: 'b', outcome: 'created' }, queue)
    expect(ids(startable(queue))).toEqual(['d'])
  })

  test('ignores late events of a cancelled upload', () => {
    const queue = queueAfter(
      { type: 'queued', jobs: [job('a')] },
      { type: 'started', id: 'a' },
      { type: 'cancelled', id: 'a' },
      { type: 'progressed', id: 'a', sent: 5, total: 10 },
      { type: 'succeeded', id: 'a', outcome: 'created' },
      { type: 'failed', id: 'a', message: 'too late' },
    )
    expect(queue[0]?.transfer).toEqual({ state: 'cancelled' })
    expect(isRunning(queue)).toBe(false)
  })

  test('does not cancel or retry a finished upload', () => {
    const queue = queueAfter(
      { type: 'queued', jobs: [job('a')] },
      { type: 'started', id: 'a' },
      { type: 'succeeded', id: 'a', outcome: 'replaced' },
      { type: 'cancelled', id: 'a' },
      { type: 'retried', id: 'a' },
    )
    expect(queue[0]?.transfer).toEqual({ state: 'done', outcome: 'replaced' })
  })

  test('returns a failed, cancelled or conflicted upload to waiting on retry', () => {
    for (const end of [
      { type: 'failed', id: 'a', message: 'no answer' },
      { type: 'cancelled', id: 'a' },
      { type: 'conflicted', id: 'a' },
    ] satisfies QueueAction[]) {
      const queue = queueAfter({ type: 'queued', jobs: [job('a')] }, { type: 'started', id: 'a' }, end, {
        type: 'retried',
        id: 'a',
      })
      expect(queue[0]?.transfer).toEqual({ state: 'waiting' })
    }
  })

  test('retries a conflicted upload with the new precondition', () => {
    const queue = queueAfter(
      { type: 'queued', jobs: [job('a')] },
      { type: 'started', id: 'a' },
      { type: 'conflicted', id: 'a' },
      { type: 'retried', id: 'a', job: { ...job('a'), precondition: { ifMatch: 'ff' }, outcome: 'replaced' } },
    )
    expect(queue[0]?.job.precondition).toEqual({ ifMatch: 'ff' })
    expect(ids(startable(queue))).toEqual(['a'])
  })

  test('measures overall progress in bytes and counts an ended upload in full', () => {
    const queue = queueAfter(
      { type: 'queued', jobs: [job('a', 300), job('b', 100)] },
      { type: 'started', id: 'a' },
      { type: 'progressed', id: 'a', sent: 50, total: 100 },
      { type: 'started', id: 'b' },
      { type: 'failed', id: 'b', message: 'refused' },
    )
    expect(overallProgress(queue)).toBeCloseTo((150 + 100) / 400)
    expect(overallProgress([])).toBe(0)
  })

  test('counts outcomes by kind', () => {
    const queue = queueAfter(
      { type: 'queued', jobs: ['a', 'b', 'c', 'd'].map((id) => job(id)) },
      { type: 'started', id: 'a' },
      { type: 'succeeded', id: 'a', outcome: 'created' },
      { type: 'started', id: 'b' },
      { type: 'failed', id: 'b', message: 'refused' },
      { type: 'cancelled', id: 'c' },
    )
    expect(tally(queue)).toMatchObject({ created: 1, failed: 1, cancelled: 1, open: 1, replaced: 0 })
  })

  test('clears outcomes only when no upload is running', () => {
    const running = queueAfter({ type: 'queued', jobs: [job('a')] }, { type: 'started', id: 'a' })
    expect(uploadQueueReducer(running, { type: 'cleared' })).toBe(running)
    expect(queueAfter({ type: 'cancelled', id: 'a' }, { type: 'cleared' }, running)).toEqual([])
  })
})

/** Applies the actions to the queue among `steps`, or to an empty one. */
function queueAfter(...steps: (QueueAction | UploadQueue)[]): UploadQueue {
  const given = steps.find((step): step is UploadQueue => Array.isArray(step)) ?? []
  const actions = steps.filter((step): step is QueueAction => !Array.isArray(step))
  return actions.reduce(uploadQueueReducer, given)
}

function job(id: string, size = 100): UploadJob {
  const archive = new File([new Uint8Array(size)], `${id}-1.0.0.tgz`)
  const fileName = archive.name
  return {
    id,
    name: `${id} 1.0.0`,
    namespace: 'team',
    fileName,
    sha256: '',
    chart: null,
    archive,
    provenance: null,
    precondition: { ifNoneMatch: true },
    outcome: 'created',
  }
}

function ids(jobs: readonly UploadJob[]): string[] {
  return jobs.map(({ id }) => id)
}
