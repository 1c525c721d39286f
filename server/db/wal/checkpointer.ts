import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Kysely, sql } from 'kysely'
import { storageProblem } from '../../storage-problem.ts'
import type { Schema } from '../schema.ts'
import type { CheckpointInput, CheckpointRequest, PassOutcome } from './checkpoint-thread.ts'

/** Pages of the log that are not in the database yet when a checkpoint begins: four times SQLite's own default. */
export const LOG_PAGES = 4000

/** Whether this SQLite can tell how long the log is without a checkpoint (`NOOP`, since 3.51). */
export const TELLS_LOG_LENGTH = isAtLeast(process.versions.sqlite, [3, 51])

export interface CheckpointerOptions extends CheckpointInput {
  readonly read: Kysely<Schema>
  /** The only connection that writes. */
  readonly writer: Kysely<Schema>
  /** Called when it is unknown whether the disk has kept the log. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Moves the log into the database in another thread: within a commit, as SQLite does it by default, it would block the
 * event loop for as long as the disk takes. The thread makes a first pass beside running transactions, and a second,
 * short one between two transactions, so that the log is moved completely and the next transaction starts it over. The
 * log is thus bounded under constant writes. Source: SQLite, “Write-Ahead Logging”, “Avoiding Excessively Large WAL
 * Files”.
 */
export class Checkpointer implements AsyncDisposable {
  readonly #options: CheckpointerOptions
  readonly #disposal = Promise.withResolvers<void>()
  #isDisposed = false
  #isRunning = false
  /** The latest checkpoint. */
  #run = Promise.resolve()
  /** Pages at which the next checkpoint begins: more after one that failed. */
  #due = LOG_PAGES

  constructor(options: CheckpointerOptions) {
    this.#options = options
  }

  /** Begins a checkpoint if the log is long enough and none is running. Does not wait for it. */
  async beginIfDue(): Promise<void> {
    if (this.#isDisposed || this.#isRunning) return
    const pages = await this.#pagesInLog().catch((error: unknown) => {
      if (this.#isDisposed) return 0 // The connection was closed meanwhile.
      throw error
    })
    if (this.#isDisposed || pages < this.#due) return
    this.#isRunning = true
    this.#run = this.#checkpoint(pages)
  }

  /** Waits for a pass that is running, and not for transactions. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true
    this.#disposal.resolve()
    await this.#run
  }

  async #pagesInLog(): Promise<number> {
    const { rows } = await sql<{ log: number; checkpointed: number }>`pragma wal_checkpoint(noop)`.execute(
      this.#options.read,
    )
    const [{ log, checkpointed } = { log: 0, checkpointed: 0 }] = rows
    return log - checkpointed
  }

  /** Never rejects. */
  async #checkpoint(pages: number): Promise<void> {
    try {
      await this.#moveLog()
      this.#due = LOG_PAGES
    } catch (error) {
      if (!leavesLogIntact(error)) this.#options.onFailure(error)
      this.#due = pages + LOG_PAGES
    } finally {
      this.#isRunning = false
    }
  }

  async #moveLog(): Promise<void> {
    await using thread = new CheckpointThread(this.#options)
    await thread.pass()
    if (this.#isDisposed) return
    const second = this.#options.writer.connection().execute(async () => {
      if (!this.#isDisposed) await thread.pass()
    })
    await Promise.race([second, this.#disposal.promise])
  }
}

class CheckpointThread implements AsyncDisposable {
  readonly #worker: Worker
  readonly #exit: Promise<unknown>
  #waiting: PromiseWithResolvers<void> | undefined

  constructor({ file, timeout }: CheckpointInput) {
    const workerData: CheckpointInput = { file, timeout }
    this.#worker = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData })
    this.#exit = once(this.#worker, 'exit')
    this.#exit.catch(() => undefined) // an error is that of the pass
    this.#worker
      .on('message', (outcome: PassOutcome) => {
        if (outcome === 'passed') this.#waiting?.resolve()
        else this.#waiting?.reject(Object.assign(new Error(outcome.message), { errcode: outcome.errcode }))
      })
      .on('error', (error: Error) => this.#waiting?.reject(error))
      .on('exit', () => this.#waiting?.reject(new Error('The checkpoint thread ended.')))
  }

  /** Throws SQLite's errors, and those of a thread that cannot be started. */
  async pass(): Promise<void> {
    this.#waiting = Promise.withResolvers()
    this.#send('pass')
    await this.#waiting.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#send('end')
    await this.#exit.catch(() => undefined)
  }

  #send(request: CheckpointRequest): void {
    this.#worker.postMessage(request)
  }
}

/** SQLite's codes of a checkpoint that can be repeated: BUSY, NOMEM, CANTOPEN (no file descriptor left), IOERR_WRITE. */
const REPEATABLE: ReadonlySet<unknown> = new Set([5, 7, 14, 778])
/** Node's codes of a thread that could not be started for lack of memory or file descriptors. */
const SHORTAGES: ReadonlySet<unknown> = new Set([
  'EMFILE',
  'ENFILE',
  'ERR_WORKER_INIT_FAILED',
  'ERR_WORKER_OUT_OF_MEMORY',
])

/** Tells whether a checkpoint failed before it could lose anything: the log still has the pages, and will be moved later. */
function leavesLogIntact(error: unknown): boolean {
  const problem = storageProblem(error)
  if (problem === 'full' || problem === 'read-only') return true
  const { errcode, code } = error as { errcode?: unknown; code?: unknown } // Node and SQLite set one of them
  return errcode === undefined ? SHORTAGES.has(code) : REPEATABLE.has(errcode)
}

function isAtLeast(version: string | undefined, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = (version ?? '').split('.').map(Number)
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}
