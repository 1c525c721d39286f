import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { JobKindName } from '../../contract/domain/jobs.ts'
import type { JobRow } from '../db/schema.ts'
import type { Registry } from '../registry/core/registry.ts'
import type { JobKind } from './job-kind.ts'
import {
  failJob,
  finishJob,
  leaseJob,
  listDueJobs,
  releaseJob,
  renewLease,
  scheduleJob,
  storeProgress,
} from './job-queries.ts'

/** Intervals, in milliseconds. */
export interface RunnerTimes {
  /** Time between two polls for due jobs. */
  readonly poll: number
  /** Lifetime of a lease. It is renewed three times in this time, and expires if its holder dies. */
  readonly lease: number
  /** Delay before the first retry; it doubles with each failure, up to the job's own interval. */
  readonly retry: number
}

const TIMES: RunnerTimes = { poll: 15_000, lease: 60_000, retry: 60_000 }

type Kinds = Readonly<Record<JobKindName, JobKind>>

/**
 * Runs due jobs, each kind at most once at a time over all processes: a run holds a lease in the database. Different
 * kinds run concurrently. The lease of a crashed process expires, and the next poll of any process resumes the job.
 */
export class JobRunner implements AsyncDisposable {
  readonly #registry: Registry
  readonly #log: Logger
  readonly #kinds: Kinds
  readonly #times: RunnerTimes
  readonly #holder = randomUUID()
  readonly #stopping = new AbortController()
  readonly #running = new Map<JobKindName, Promise<void>>()
  #timer: NodeJS.Timeout | undefined

  constructor(registry: Registry, log: Logger, kinds: Kinds, times: Partial<RunnerTimes> = {}) {
    this.#registry = registry
    this.#log = log
    this.#kinds = kinds
    this.#times = { ...TIMES, ...times }
  }

  /** Schedules kinds that were never scheduled, and polls for due jobs until disposed of. */
  async start(): Promise<void> {
    const { database } = this.#registry
    await database.write(async (transaction) => {
      for (const { name, first } of Object.values(this.#kinds)) await scheduleJob(transaction, name, this.#in(first))
    })
    this.#poll()
  }

  /**
   * Starts all due jobs, or those of `kinds`. Resolves when the jobs that this process is running have ended. Never
   * rejects: failures are logged and stored.
   */
  async runDue(kinds?: readonly JobKindName[]): Promise<void> {
    try {
      const { database } = this.#registry
      for (const kind of await listDueJobs(database.read, this.#registry.now())) {
        if (this.#stopping.signal.aborted) break
        if (this.#running.has(kind) || (kinds && !kinds.includes(kind))) continue
        const run = this.#run(kind).finally(() => this.#running.delete(kind))
        this.#running.set(kind, run)
      }
    } catch (error) {
      this.#log.error({ err: error }, 'polling for due jobs failed')
    }
    await Promise.all(this.#running.values())
  }

  /** Interrupts running jobs and waits until they have stopped and released their leases. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    clearTimeout(this.#timer)
    await Promise.all(this.#running.values())
  }

  #poll(): void {
    this.#timer = setTimeout(() => {
      void this.runDue()
      this.#poll()
    }, this.#times.poll).unref()
  }

  /** Runs a kind while it is due. Never rejects. */
  async #run(kind: JobKindName): Promise<void> {
    const log = this.#log.child({ job: kind })
    try {
      // Runs again if it was requested during the run.
      for (let row = await this.#lease(kind); row; row = await this.#lease(kind)) {
        await this.#runLeased(row, log)
        if (this.#stopping.signal.aborted) break
      }
    } catch (error) {
      log.error({ err: error }, 'job state could not be stored')
    }
  }

  async #lease(kind: JobKindName): Promise<JobRow | undefined> {
    const lease = { holder: this.#holder, until: this.#in(this.#times.lease) }
    return this.#registry.database.write((transaction) => leaseJob(transaction, kind, lease, this.#registry.now()))
  }

  async #runLeased(row: JobRow, log: Logger): Promise<void> {
    const { database } = this.#registry
    const kind = this.#kinds[row.kind]
    const lost = new AbortController()
    const signal = AbortSignal.any([this.#stopping.signal, lost.signal])
    const renewal = setInterval(() => void this.#renew(row.kind, lost, log), this.#times.lease / 3).unref()
    try {
      const result = await kind.run({
        registry: this.#registry,
        log,
        signal,
        payload: parseJson(row.payload_json),
        progress: parseJson(row.progress_json),
        saveProgress: async (progress) => {
          const isHeld = await database.write((transaction) =>
            storeProgress(transaction, row.kind, this.#holder, progress),
          )
          if (!isHeld) lost.abort()
        },
      })
      if (signal.aborted) await this.#release(row)
      else {
        const end = { result, now: this.#registry.now(), nextRun: this.#in(kind.every) }
        await database.write((transaction) => finishJob(transaction, row, end))
      }
    } catch (error) {
      if (signal.aborted) await this.#release(row)
      else await this.#fail(row, error, log)
    } finally {
      clearInterval(renewal)
    }
  }

  async #renew(kind: JobKindName, lost: AbortController, log: Logger): Promise<void> {
    const lease = { holder: this.#holder, until: this.#in(this.#times.lease) }
    try {
      const isHeld = await this.#registry.database.write((transaction) => renewLease(transaction, kind, lease))
      if (!isHeld) lost.abort()
    } catch (error) {
      log.error({ err: error }, 'job lease could not be renewed')
    }
  }

  async #release(row: JobRow): Promise<void> {
    await this.#registry.database.write((transaction) => releaseJob(transaction, row))
  }

  async #fail(row: JobRow, error: unknown, log: Logger): Promise<void> {
    log.error({ err: error }, 'job failed')
    const delay = Math.min(this.#kinds[row.kind].every, this.#times.retry * 2 ** row.attempts)
    const failure = { error: error instanceof Error ? error.message : String(error), retryAt: this.#in(delay) }
    await this.#registry.database.write((transaction) => failJob(transaction, row, failure))
  }

  #in(milliseconds: number): string {
    return new Date(Date.parse(this.#registry.now()) + milliseconds).toISOString()
  }
}

function parseJson(json: string | null): unknown {
  return json === null ? null : JSON.parse(json)
}
