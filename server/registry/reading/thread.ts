import { Worker } from 'node:worker_threads'
import { ChartProblem } from '../../../chart/problem.ts'
import type { TextResult, TextTask } from './text-task.ts'

/** Message to a thread. `budget` is the limit of the task, in units of `Budget`. */
export interface TaskMessage<T extends TextTask> {
  readonly task: T
  readonly budget: number
}

/** Reply of a thread. `spent` is in units of `Budget`, `took` in milliseconds. */
export type TaskReply<T extends TextTask> = { readonly spent: number; readonly took: number } & (
  | { readonly result: TextResult<T> }
  | { readonly problem: Pick<ChartProblem, 'code' | 'details'> }
)

/** A worker thread that runs one task at a time. It ends when a task fails or exceeds its time or memory. */
export class Thread {
  readonly #worker: Worker
  #waiting: ((outcome: TaskReply<TextTask> | Error) => void) | null = null
  #ended = false

  constructor(megabytes: number) {
    this.#worker = new Worker(new URL('./thread-main.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    this.#worker
      .on('message', (reply: TaskReply<TextTask>) => this.#settle(reply))
      .on('error', (error: Error) => this.#fail(error))
      .on('exit', () => this.#fail(new Error('The thread ended.')))
      // Does not keep the process alive.
      .unref()
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Runs a task within `time` milliseconds; its `body` is transferred to the thread. Returns the reply or an error. */
  async run(message: TaskMessage<TextTask>, time: number): Promise<TaskReply<TextTask> | Error> {
    const { promise, resolve } = Promise.withResolvers<TaskReply<TextTask> | Error>()
    const overBudget = new ChartProblem('over-budget', { path: message.task.path })
    this.#waiting = resolve
    this.#worker.postMessage(message, [message.task.body.buffer as ArrayBuffer]) // the buffer is not shared
    const timer = setTimeout(() => this.#fail(overBudget), time)
    const outcome = await promise
    clearTimeout(timer)
    return outcome instanceof Error && isOutOfMemory(outcome) ? overBudget : outcome
  }

  async end(): Promise<void> {
    this.#ended = true
    await this.#worker.terminate()
  }

  #settle(outcome: TaskReply<TextTask> | Error): void {
    this.#waiting?.(outcome)
    this.#waiting = null
  }

  #fail(error: Error): void {
    if (!this.#ended) this.end().catch(() => {})
    this.#settle(error)
  }
}

function isOutOfMemory(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' // Node gives its errors a code
}
