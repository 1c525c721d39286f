import { describe, expect, test } from 'vitest'
import { ApiError } from '../../api/api-error.ts'
import type { UploadOutcome } from '../../api/uploads.ts'
import type { UploadJob } from './upload-queue.ts'
import { type CheckOutcome, createUploadRunner, type SendUpload } from './upload-runner.ts'

describe('upload runner', () => {
  test('sends three at a time and reports once that all have ended', async () => {
    const network = fakeNetwork()
    let drained = 0
    const runner = createUploadRunner(network.send, nothingStored, () => drained++)
    runner.add(['a', 'b', 'c', 'd'].map(job))
    expect(network.open()).toEqual(['a', 'b', 'c'])

    await network.answer('b')
    expect(network.open()).toEqual(['a', 'c', 'd'])
    await network.answer('a')
    await network.answer('c')
    expect(drained).toBe(0)
    await network.answer('d')
    expect(drained).toBe(1)
    expect(states(runner)).toEqual(['done', 'done', 'done', 'done'])
  })

  test('cancelling aborts the request and starts the next upload', () => {
    const network = fakeNetwork()
    const runner = createUploadRunner(network.send, nothingStored, () => {})
    runner.add(['a', 'b', 'c', 'd'].map(job))
    runner.cancel('a')
    expect(network.aborted()).toEqual(['a'])
    expect(network.open()).toEqual(['b', 'c', 'd'])
    expect(states(runner)).toEqual(['cancelled', 'sending', 'sending', 'sending'])
  })

  test('pauses while the browser is offline and restarts the interrupted uploads when it is back online', async () => {
    const network = fakeNetwork()
    let offline = true
    const runner = createUploadRunner(
      network.send,
      nothingStored,
      () => {},
      () => offline,
    )
    runner.add(['a', 'b', 'c', 'd', 'e'].map(job))
    for (const id of ['a', 'b', 'c']) await network.refuse(id, new ApiError('NetworkError', 'no answer', 0))
    expect(runner.state.get().isPaused).toBe(true)
    expect(states(runner)).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'waiting'])
    expect(network.open()).toEqual([])

    offline = false
    runner.resume()
    expect(runner.state.get().isPaused).toBe(false)
    expect(states(runner)).toEqual(['sending', 'sending', 'sending', 'waiting', 'waiting'])
  })

  test('a lost connection fails the upload while the browser is online', async () => {
    const network = fakeNetwork()
    const runner = createUploadRunner(
      network.send,
      nothingStored,
      () => {},
      () => false,
    )
    runner.add([job('a')])
    await network.refuse('a', new ApiError('NetworkError', 'no answer', 0))
    expect(runner.state.get().isPaused).toBe(false)
    expect(states(runner)).toEqual(['failed'])
  })

  test('cancelling everything ends a pause', async () => {
    const network = fakeNetwork()
    const runner = createUploadRunner(
      network.send,
      nothingStored,
      () => {},
      () => true,
    )
    runner.add(['a', 'b'].map(job))
    for (const id of ['a', 'b']) await network.refuse(id, new ApiError('NetworkError', 'no answer', 0))
    runner.cancelAll()
    expect(runner.state.get().isPaused).toBe(false)
    expect(states(runner)).toEqual(['cancelled', 'cancelled'])
  })

  test('asks the registry for the outcome of an upload that is cancelled after all bytes were sent', async () => {
    const network = fakeNetwork()
    const outcomes = { a: 'created', b: null } as const
    const checked: string[] = []
    let drained = 0
    const checkOutcome: CheckOutcome = async ({ id }) => {
      checked.push(id)
      return outcomes[id as keyof typeof outcomes]
    }
    const runner = createUploadRunner(network.send, checkOutcome, () => drained++)
    runner.add(['a', 'b', 'c'].map(job))
    network.progress('a', 100, 100)
    network.progress('b', 100, 100)
    network.progress('c', 99, 100)
    runner.cancelAll()
    expect(network.aborted()).toEqual(['a', 'b', 'c'])
    expect(states(runner)).toEqual(['cancelling', 'cancelling', 'cancelled'])
    expect(drained).toBe(0)

    await new Promise((resolve) => setTimeout(resolve))
    expect(checked.toSorted()).toEqual(['a', 'b'])
    expect(runner.state.get().queue[0]?.transfer).toEqual({ state: 'done', outcome: 'created', tooLate: true })
    expect(states(runner)).toEqual(['done', 'cancelled', 'cancelled'])
    expect(drained).toBe(1)
  })

  test('cancelling everything does not start the waiting uploads', () => {
    const network = fakeNetwork()
    let drained = 0
    const runner = createUploadRunner(network.send, nothingStored, () => drained++)
    runner.add(['a', 'b', 'c', 'd', 'e'].map(job))
    runner.cancelAll()
    expect(network.aborted().toSorted()).toEqual(['a', 'b', 'c'])
    expect(network.started()).toEqual(['a', 'b', 'c'])
    expect(new Set(states(runner))).toEqual(new Set(['cancelled']))
    expect(drained).toBe(1)
  })

  test('a failed precondition is a conflict; an exceeded quota, also 412, is a failure', async () => {
    const network = fakeNetwork()
    const runner = createUploadRunner(network.send, nothingStored, () => {})
    runner.add(['a', 'b'].map(job))
    await network.refuse('a', new ApiError('PreconditionFailed', 'changed in the meantime', 412))
    await network.refuse('b', new ApiError('QuotaExceed', 'no room for another chart', 412))
    expect(states(runner)).toEqual(['conflicted', 'failed'])
    expect(runner.state.get().queue[1]?.transfer).toEqual({ state: 'failed', message: 'no room for another chart' })
  })

  test('a finished upload has the outcome that sending returned', async () => {
    const network = fakeNetwork()
    const runner = createUploadRunner(network.send, nothingStored, () => {})
    runner.add([job('a')])
    await network.answer('a', 'unchanged')
    expect(runner.state.get().queue[0]?.transfer).toEqual({ state: 'done', outcome: 'unchanged' })
  })

  test('retries after a lost connection', async () => {
    const network = fakeNetwork()
    const runner = createUploadRunner(network.send, nothingStored, () => {})
    runner.add([job('a')])
    await network.refuse('a', new ApiError('NetworkError', 'no answer', 0))
    runner.retry('a')
    expect(network.started()).toEqual(['a', 'a'])
    await network.answer('a')
    expect(states(runner)).toEqual(['done'])
  })
})

const nothingStored: CheckOutcome = async () => null

/** A network whose responses the test controls. */
function fakeNetwork() {
  const requests: {
    id: string
    settled: boolean
    signal: AbortSignal
    onProgress: (sent: number, total: number) => void
    resolve: (outcome: UploadOutcome) => void
    reject: (e: Error) => void
  }[] = []
  const send: SendUpload = ({ id }, { signal, onProgress }) => {
    const { promise, resolve, reject } = Promise.withResolvers<UploadOutcome>()
    requests.push({ id, settled: false, signal, onProgress, resolve, reject })
    signal.addEventListener('abort', () => reject(new Error('aborted')))
    return promise
  }
  const openOne = (id: string) => {
    const request = requests.find((one) => one.id === id && !one.settled && !one.signal.aborted)
    if (!request) throw new Error(`no open request of ${id}`)
    request.settled = true
    return request
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve))
  return {
    send,
    started: () => requests.map(({ id }) => id),
    open: () => requests.filter((one) => !one.settled && !one.signal.aborted).map(({ id }) => id),
    aborted: () => requests.filter(({ signal }) => signal.aborted).map(({ id }) => id),
    answer: (id: string, outcome: UploadOutcome = 'created') => {
      openOne(id).resolve(outcome)
      return settled()
    },
    progress: (id: string, sent: number, total: number) =>
      requests.find((one) => one.id === id)?.onProgress(sent, total),
    refuse: (id: string, error: Error) => {
      openOne(id).reject(error)
      return settled()
    },
  }
}

function states(runner: ReturnType<typeof createUploadRunner>): string[] {
  return runner.state.get().queue.map(({ transfer }) => transfer.state)
}

function job(id: string): UploadJob {
  const archive = new File(['bytes'], `${id}-1.0.0.tgz`)
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
