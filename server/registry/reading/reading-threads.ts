import { ChartProblem } from '../../../chart/problem.ts'
import { RegistryError } from '../core/registry-error.ts'
import type { TextResult, TextTask } from './text-task.ts'
import { type Answer, type Question, Thread } from './thread.ts'

/** Bounds of the threads; times in milliseconds. */
export interface ThreadLimits {
  readonly threads: number
  /** How long the texts of one archive may be read, together. */
  readonly longest: number
  /** How long a task may wait for a thread. */
  readonly patience: number
  /** Bytes of texts that wait at most. */
  readonly waitingBytes: number
  /** Memory of a thread. A values.yaml as large as helm takes fits, unless it is made of brackets alone. */
  readonly megabytes: number
  /** How long a thread without work is kept. What it has taken of memory goes back only with it. */
  readonly idle: number
}

const LIMITS: ThreadLimits = {
  threads: 2,
  longest: 15_000,
  patience: 30_000,
  waitingBytes: 64 * 1024 * 1024,
  megabytes: 256,
  idle: 30_000,
}

interface Job {
  readonly question: Question<TextTask>
  readonly time: number
  readonly settle: (outcome: Answer<TextTask> | Error) => void
  timer?: NodeJS.Timeout
}

/**
 * Threads in which texts are read that may take long, so that the server goes on answering meanwhile. Each is started
 * when it is needed, and ended when it is not or when a text overruns its bounds.
 */
export class ReadingThreads implements AsyncDisposable {
  readonly limits: ThreadLimits
  readonly #busy = new Set<Thread>()
  readonly #idle = new Map<Thread, NodeJS.Timeout>()
  /** In the order in which they came. */
  readonly #waiting = new Set<Job>()

  constructor(limits: Partial<ThreadLimits> = {}) {
    this.limits = { ...LIMITS, ...limits }
  }

  /**
   * Does a task in a thread, a copy of its `body` going there, within `budget` units and `time` milliseconds. Throws
   * ChartProblem, `over-budget` among them, and `reading-busy` when no thread gets round to it.
   */
  async run<T extends TextTask>(
    task: T,
    { budget, time }: { readonly budget: number; readonly time: number },
  ): Promise<{ result: TextResult<T>; spent: number; took: number }> {
    const question = { task: { ...task, body: task.body.slice() }, budget }
    const outcome = await new Promise<Answer<TextTask> | Error>((settle) => this.#give({ question, time, settle }))
    if (outcome instanceof Error) throw outcome
    if ('problem' in outcome) throw new ChartProblem(outcome.problem.code, outcome.problem.details)
    return { ...outcome, result: outcome.result as TextResult<T> } // it is the answer to this task
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const job of this.#waiting) this.#takeBack(job, new Error('The threads are ended.'))
    await Promise.all([...this.#busy, ...this.#idle.keys()].map((thread) => thread.end()))
  }

  #give(job: Job): void {
    try {
      const thread = this.#thread()
      if (thread) void this.#run(thread, job)
      else this.#wait(job)
    } catch (error) {
      // Node could not start a thread.
      job.settle(asError(error))
    }
  }

  /** One that is free; undefined while all are at work. */
  #thread(): Thread | undefined {
    for (const [thread, timer] of this.#idle) {
      this.#idle.delete(thread)
      clearTimeout(timer)
      if (!thread.ended) return thread
    }
    return this.#busy.size < this.limits.threads ? new Thread(this.limits.megabytes) : undefined
  }

  /** Never rejects. */
  async #run(thread: Thread, { question, time, settle }: Job): Promise<void> {
    this.#busy.add(thread)
    // Whatever happens, the thread is taken from the busy ones: their number is what bounds them.
    settle(await thread.run(question, time).catch(asError))
    this.#busy.delete(thread)
    if (!thread.ended) this.#rest(thread)
    const [next] = this.#waiting
    if (!next) return
    this.#waiting.delete(next)
    clearTimeout(next.timer)
    this.#give(next)
  }

  #rest(thread: Thread): void {
    const end = () => {
      this.#idle.delete(thread)
      thread.end().catch(() => {})
    }
    this.#idle.set(thread, setTimeout(end, this.limits.idle).unref())
  }

  #wait(job: Job): void {
    const { patience, waitingBytes } = this.limits
    const busy = new RegistryError('reading-busy', { seconds: Math.ceil(patience / 1000) })
    const bytes = [...this.#waiting, job].reduce((sum, { question }) => sum + question.task.body.length, 0)
    this.#waiting.add(job)
    if (bytes > waitingBytes) this.#takeBack(job, busy)
    else job.timer = setTimeout(() => this.#takeBack(job, busy), patience).unref()
  }

  #takeBack(job: Job, error: Error): void {
    this.#waiting.delete(job)
    clearTimeout(job.timer)
    job.settle(error)
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A task could not be given to a thread.', { cause: thrown })
}
