import { Worker } from 'node:worker_threads'
import { ChartProblem } from '../../../chart/problem.ts'
import type { TextResult, TextTask } from './text-task.ts'

/** What a thread is sent. `budget`: units that the task may take. */
export interface Question<T extends TextTask> {
  readonly task: T
  readonly budget: number
}

/** What it answers with, and what that took: units of `Budget`, and milliseconds. */
export type Answer<T extends TextTask> = { readonly spent: number; readonly took: number } & (
  | { readonly result: TextResult<T> }
  | { readonly problem: Pick<ChartProblem, 'code' | 'details'> }
)

/** A thread that does one task at a time. One that fails, or overruns its time or its memory, has ended. */
export class Thread {
  readonly #worker: Worker
  #waiting: ((outcome: Answer<TextTask> | Error) => void) | null = null
  #ended = false

  constructor(megabytes: number) {
    this.#worker = new Worker(new URL('./thread-main.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    this.#worker
      .on('message', (answer: Answer<TextTask>) => this.#settle(answer))
      .on('error', (error: Error) => this.#fail(error))
      .on('exit', () => this.#fail(new Error('The thread ended.')))
      // The process may end without it.
      .unref()
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Does a task within `time` milliseconds; its `body` is taken over. Answers with the error where there is one. */
  async run(question: Question<TextTask>, time: number): Promise<Answer<TextTask> | Error> {
    const { promise, resolve } = Promise.withResolvers<Answer<TextTask> | Error>()
    const overBudget = new ChartProblem('over-budget', { path: question.task.path })
    this.#waiting = resolve
    this.#worker.postMessage(question, [question.task.body.buffer as ArrayBuffer]) // nobody shares it
    const timer = setTimeout(() => this.#fail(overBudget), time)
    const outcome = await promise
    clearTimeout(timer)
    return outcome instanceof Error && isOutOfMemory(outcome) ? overBudget : outcome
  }

  async end(): Promise<void> {
    this.#ended = true
    await this.#worker.terminate()
  }

  #settle(outcome: Answer<TextTask> | Error): void {
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
