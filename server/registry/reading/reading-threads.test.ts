import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { ReadingThreads, type ThreadLimits } from './reading-threads.ts'
import type { TextTask } from './text-task.ts'

let threads: ReadingThreads
afterEach(() => threads[Symbol.asyncDispose]())

const AMPLE = { budget: 16 * 1024 * 1024, time: 60_000 }

function open(limits: Partial<ThreadLimits>): void {
  threads = new ReadingThreads({ threads: 1, patience: 60_000, ...limits })
}

const task = (text: string): TextTask => ({
  kind: 'values',
  path: 'values.yaml',
  body: new TextEncoder().encode(text),
  before: { name: 'nginx' },
})

/** A task of several seconds. */
const long = () => task('- a\n'.repeat(1_000_000).replace('-', 'a:\n-'))

test('returns the result of a task and its cost', async () => {
  open({})
  const { result, spent, took } = await threads.run(task('replicas: 1\n'), AMPLE)
  expect(result).toEqual({ name: 'nginx' })
  expect(spent).toBeGreaterThan(10)
  expect(took).toBeGreaterThan(0)
})

test('throws the problem of an invalid file', async () => {
  open({})
  const problem = { code: 'values-syntax', details: { path: 'values.yaml', reason: 'it is not a map' } }
  await expect(threads.run(task('- 1\n'), AMPLE)).rejects.toMatchObject(problem)
})

test('does not detach the body of a task', async () => {
  open({})
  const input = task('replicas: 1\n')
  await threads.run(input, AMPLE)
  expect(input.body.length).toBe(12)
})

describe('rejects a file and then parses the next one', () => {
  const overBudget = { code: 'over-budget', details: { path: 'values.yaml' } }

  test('if it exceeds its budget', async () => {
    open({})
    await expect(threads.run(long(), { ...AMPLE, budget: 1000 })).rejects.toMatchObject(overBudget)
    expect(await threads.run(task('a: 1\n'), AMPLE)).toMatchObject({ result: { name: 'nginx' } })
  })

  test('if it takes too long', async () => {
    open({})
    await expect(threads.run(long(), { ...AMPLE, time: 1 })).rejects.toMatchObject(overBudget)
    expect(await threads.run(task('a: 1\n'), AMPLE)).toMatchObject({ result: { name: 'nginx' } })
  })

  test('if it needs too much memory', async () => {
    open({ megabytes: 24 })
    await expect(threads.run(long(), AMPLE)).rejects.toMatchObject(overBudget)
    expect(await threads.run(task('a: 1\n'), AMPLE)).toMatchObject({ result: { name: 'nginx' } })
  })
})

describe('while all threads are busy', () => {
  const busy = { code: 'reading-busy' }

  test('runs waiting tasks in order', async () => {
    open({})
    const order: string[] = []
    const done = (name: string) => () => void order.push(name)
    await Promise.all([
      threads.run(task('a: 1\n'.repeat(10_000)), AMPLE).then(done('first')),
      threads.run(task('a: 1\n'), AMPLE).then(done('second')),
      threads.run(task('a: 1\n'), AMPLE).then(done('third')),
    ])
    expect(order).toEqual(['first', 'second', 'third'])
  })

  test('limits the bytes of waiting tasks', async () => {
    open({ waitingBytes: 10 })
    const running = threads.run(task('a: 1\n'.repeat(10_000)), AMPLE)
    const waiting = [threads.run(task('a: 1\n'), AMPLE), threads.run(task('b: 1\n'), AMPLE)]
    await expect(threads.run(task('c: 1\n'), AMPLE)).rejects.toMatchObject(busy)
    await Promise.all([running, ...waiting])
    await threads.run(task('c: 1\n'), AMPLE)
  })

  test('limits the time that a task waits', async () => {
    open({ patience: 1 })
    const running = threads.run(long(), AMPLE)
    await expect(threads.run(task('a: 1\n'), AMPLE)).rejects.toMatchObject({ ...busy, params: { seconds: 1 } })
    await threads[Symbol.asyncDispose]()
    await expect(running).rejects.toThrow('The thread ended.')
  })
})

test('ends an idle thread and starts another on demand', async () => {
  const ends: Promise<unknown>[] = []
  const note = (worker: Worker) => void ends.push(once(worker, 'exit'))
  process.on('worker', note)
  open({ idle: 1 })
  await threads.run(task('a: 1\n'), AMPLE)
  expect(ends).toHaveLength(1)
  await ends[0]
  expect(await threads.run(task('a: 1\n'), AMPLE)).toMatchObject({ result: { name: 'nginx' } })
  expect(ends).toHaveLength(2)
  process.off('worker', note)
})
