import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { JOB_KINDS, type JobKindName } from '../../contract/domain/jobs.ts'
import type { Call } from '../registry/core/call.ts'
import { openTestRegistry, type TestRegistry } from '../testing/open-test-registry.ts'
import type { JobKind, JobRun } from './job-kind.ts'
import { findJob } from './job-queries.ts'
import { JobRunner } from './job-runner.ts'
import { requestJobRun } from './request-job-run.ts'

const MINUTE = 60_000
const KIND = 'garbage-collection'

let store: TestRegistry
let opened: AsyncDisposableStack

beforeEach(async () => {
  store = await openTestRegistry()
  opened = new AsyncDisposableStack()
})
afterEach(async () => {
  await opened.disposeAsync()
  await store.close()
})

const job = () => findJob(store.registry.database.read, KIND)

/** Creates a runner, of which each process has one. `run` is the work of every kind. */
function runner(run: (run: JobRun) => Promise<unknown>, lease = MINUTE): JobRunner {
  const kinds = Object.fromEntries(
    JOB_KINDS.map((name): [JobKindName, JobKind] => [name, { name, first: 5 * MINUTE, every: 60 * MINUTE, run }]),
  ) as Record<JobKindName, JobKind> // has all kinds
  return opened.use(new JobRunner(store.registry, pino({ level: 'silent' }), kinds, { lease }))
}

const request = (call: Call = store.call) => requestJobRun(store.registry, call, KIND)

/** Returns work that runs until it is aborted, and a promise that resolves when it begins. */
function endless(): { begun: Promise<JobRun>; run: (run: JobRun) => Promise<void> } {
  const { promise: begun, resolve } = Promise.withResolvers<JobRun>()
  const run = async (current: JobRun) => {
    resolve(current)
    await new Promise((end) => current.signal.addEventListener('abort', end, { once: true }))
  }
  return { begun, run }
}

test('runs each kind when it is due and schedules the next run', async () => {
  const ran: JobKindName[] = []
  const jobs = runner(async ({ log }) => void ran.push(log.bindings().job))
  await jobs.start()
  await jobs.runDue()
  expect(ran).toEqual([])
  store.pass(5 * MINUTE)
  await jobs.runDue()
  expect(ran.sort()).toEqual([...JOB_KINDS].sort())
  const finished = store.registry.now()
  expect(await job()).toMatchObject({
    run_at: new Date(Date.parse(finished) + 60 * MINUTE).toISOString(),
    finished_at: finished,
    lease_holder: null,
    attempts: 0,
  })
})

test('keeps the schedule after a restart', async () => {
  await runner(async () => undefined).start()
  const before = await job()
  store.pass(MINUTE)
  await runner(async () => undefined).start()
  expect(await job()).toEqual(before)
})

test('stores the result', async () => {
  await request()
  await runner(async () => ({ count: 3 })).runDue()
  expect(await job()).toMatchObject({ result_json: '{"count":3}', progress_json: null, last_error: null })
})

describe('a failed run', () => {
  test('is retried with exponential backoff up to the interval, and stores its error', async () => {
    await request()
    const jobs = runner(async () => {
      throw new Error('The disk is full.')
    })
    const delays: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      await jobs.runDue()
      const { run_at = '' } = (await job()) ?? {}
      const delay = Date.parse(run_at) - Date.parse(store.registry.now())
      delays.push(delay / MINUTE)
      store.pass(delay)
    }
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    expect(await job()).toMatchObject({ attempts: 8, last_error: 'The disk is full.', finished_at: null })
  })

  test('is resumed from its progress, and success clears the error', async () => {
    await request()
    const seen: unknown[] = []
    const jobs = runner(async ({ progress, saveProgress }) => {
      seen.push(progress)
      await saveProgress({ position: seen.length })
      if (seen.length === 1) throw new Error('once')
    })
    await jobs.runDue()
    store.pass(MINUTE)
    await jobs.runDue()
    expect(seen).toEqual([null, { position: 1 }])
    expect(await job()).toMatchObject({ attempts: 0, last_error: null, progress_json: null })
  })
})

describe('two processes', () => {
  test('do not run a job at the same time', async () => {
    await request()
    const { begun, run } = endless()
    void runner(run).runDue()
    await begun
    let isRunTwice = false
    await runner(async () => {
      isRunTwice = true
    }).runDue()
    expect(isRunTwice).toBe(false)
  })

  test('take over a job with an expired lease, which its old holder can no longer change', async () => {
    await request()
    const { begun, run } = endless()
    // With a lease of a million minutes the runner never renews it, like a crashed process.
    const dead = runner(run, 1_000_000 * MINUTE)
    void dead.runDue()
    const { saveProgress, signal } = await begun
    await saveProgress({ position: 'half' })
    store.pass(1_000_001 * MINUTE)
    let resumed: unknown
    await runner(async ({ progress }) => {
      resumed = progress
    }).runDue()
    expect(resumed).toEqual({ position: 'half' })
    const done = await job()
    await saveProgress({ position: 'late' })
    expect(signal.aborted).toBe(true)
    await dead[Symbol.asyncDispose]()
    expect(await job()).toEqual(done)
  })
})

test('shutdown interrupts a run and releases its lease, so that another process can resume it at once', async () => {
  await request()
  const { begun, run } = endless()
  const stopping = runner(run)
  void stopping.runDue()
  const { saveProgress } = await begun
  await saveProgress({ position: 'half' })
  await stopping[Symbol.asyncDispose]()
  expect(await job()).toMatchObject({ lease_holder: null, attempts: 0, finished_at: null })
  let resumed: unknown
  await runner(async ({ progress }) => {
    resumed = progress
  }).runDue()
  expect(resumed).toEqual({ position: 'half' })
})

describe('a request to run now', () => {
  test('makes the job due and is an audit event', async () => {
    await runner(async () => undefined).start()
    await request()
    let ran = 0
    await runner(async () => void ran++).runDue()
    expect(ran).toBe(1)
    const events = await store.registry.database.read
      .selectFrom('audit_events')
      .select(['action', 'subject', 'actor'])
      .where('action', '=', 'job.run')
      .execute()
    expect(events).toEqual([{ action: 'job.run', subject: KIND, actor: 'admin' }])
  })

  test('during a run causes another run', async () => {
    await request()
    let ran = 0
    const jobs = runner(async () => {
      if (++ran > 1) return
      store.pass(1)
      await request()
    })
    await jobs.runDue()
    expect(ran).toBe(2)
  })

  test('during a run that fails causes another run', async () => {
    await request()
    let ran = 0
    const jobs = runner(async () => {
      if (++ran > 1) return
      store.pass(1)
      await request()
      throw new Error('once')
    })
    await jobs.runDue()
    expect(ran).toBe(2)
    expect(await job()).toMatchObject({ attempts: 0, last_error: null })
  })
})
