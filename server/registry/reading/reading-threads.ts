import { ChartProblem } from '../../../chart/problem.ts'
import { RegistryError } from '../core/registry-error.ts'
import type { TextResult, TextTask } from './text-task.ts'
import { type TaskMessage, type TaskReply, Thread } from './thread.ts'

/** Limits of the worker threads. */
export interface ThreadLimits {
  /** Number of threads. */
  readonly threads: number
  /** Time to parse all files of one archive, in milliseconds. */
  readonly longest: number
  /** Time that a task may wait for a thread, in milliseconds. */
  readonly patience: number
  /** Total size of the files that wait for a thread, in bytes. */
  readonly waitingBytes: number
  /** Heap of a thread, in MiB. Sufficient for the largest values.yaml that helm accepts, unless it is only brackets. */
  readonly megabytes: number
  /** Time until an idle thread is ended, in milliseconds. Only then its memory is released. */
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
  readonly message: TaskMessage<TextTask>
  readonly time: number
  readonly settle: (outcome: TaskReply<TextTask> | Error) => void
  timer?: NodeJS.Timeout
}

/**
 * Pool of worker threads that parse files, so that long parsing does not block the event loop. Threads are started on
 * demand, and ended when idle or when a file exceeds its limits.
 */
export class ReadingThreads implements AsyncDisposable {
  readonly limits: ThreadLimits
  readonly #busy = new Set<Thread>()
  readonly #idle = new Map<Thread, NodeJS.Timeout>()
  /** First in, first out. */
  readonly #waiting = new Set<Job>()

  constructor(limits: Partial<ThreadLimits> = {}) {
    this.limits = { ...LIMITS, ...limits }
  }

  /**
   * Runs a task in a thread, with a copy of its `body`, within `budget` units of `Budget` and `time` milliseconds.
   * Returns the result, the units spent and the milliseconds taken. Throws ChartProblem, such as `over-budget`, and
   * `reading-busy` if no thread becomes available in time.
   */
  async run<T extends TextTask>(
    task: T,
    { budget, time }: { readonly budget: number; readonly time: number },
  ): Promise<{ result: TextResult<T>; spent: number; took: number }> {
    const message = { task: { ...task, body: task.body.slice() }, budget }
    const outcome = await new Promise<TaskReply<TextTask> | Error>((settle) => this.#assign({ message, time, settle }))
    if (outcome instanceof Error) throw outcome
    if ('problem' in outcome) throw new ChartProblem(outcome.problem.code, outcome.problem.details)
    return { ...outcome, result: outcome.result as TextResult<T> } // the reply to this task
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const job of this.#waiting) this.#reject(job, new Error('The threads are ended.'))
    await Promise.all([...this.#busy, ...this.#idle.keys()].map((thread) => thread.end()))
  }

  #assign(job: Job): void {
    try {
      const thread = this.#availableThread()
      if (thread) void this.#run(thread, job)
      else this.#wait(job)
    } catch (error) {
      // Starting a thread failed.
      job.settle(asError(error))
    }
  }

  /** Returns an idle or a new thread; undefined while all are busy. */
  #availableThread(): Thread | undefined {
    for (const [thread, timer] of this.#idle) {
      this.#idle.delete(thread)
      clearTimeout(timer)
      if (!thread.ended) return thread
    }
    return this.#busy.size < this.limits.threads ? new Thread(this.limits.megabytes) : undefined
  }

  /** Runs a job and then the next waiting one. Never rejects. */
  async #run(thread: Thread, { message, time, settle }: Job): Promise<void> {
    this.#busy.add(thread)
    // The thread must leave #busy in any case, because its size limits the number of threads.
    settle(await thread.run(message, time).catch(asError))
    this.#busy.delete(thread)
    if (!thread.ended) this.#keepIdle(thread)
    const [next] = this.#waiting
    if (!next) return
    this.#waiting.delete(next)
    clearTimeout(next.timer)
    this.#assign(next)
  }

  #keepIdle(thread: Thread): void {
    const end = () => {
      this.#idle.delete(thread)
      thread.end().catch(() => {})
    }
    this.#idle.set(thread, setTimeout(end, this.limits.idle).unref())
  }

  #wait(job: Job): void {
    const { patience, waitingBytes } = this.limits
    const busy = new RegistryError('reading-busy', { seconds: Math.ceil(patience / 1000) })
    const bytes = [...this.#waiting, job].reduce((sum, { message }) => sum + message.task.body.length, 0)
    this.#waiting.add(job)
    if (bytes > waitingBytes) this.#reject(job, busy)
    else job.timer = setTimeout(() => this.#reject(job, busy), patience).unref()
  }

  #reject(job: Job, error: Error): void {
    this.#waiting.delete(job)
    clearTimeout(job.timer)
    job.settle(error)
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A task could not be given to a thread.', { cause: thrown })
}
