import type { Logger } from 'pino'
import type { JobKindName } from '../../contract/domain/jobs.ts'
import type { Registry } from '../registry/core/registry.ts'

/** What a job is given to run with. */
export interface JobRun {
  readonly registry: Registry
  readonly log: Logger
  /** Aborted when the process stops or another one has taken the job over: stop soon, and leave work that can be resumed. */
  readonly signal: AbortSignal
  /** Options of a run that was requested, such as `{ immediate: true }`; null for a scheduled run. */
  readonly payload: unknown
  /** What {@link saveProgress} stored last in an unfinished run; null at the start of a new one. */
  readonly progress: unknown
  /** Stores how far the run has come, for the run that resumes it. */
  saveProgress(progress: unknown): Promise<void>
}

/** A kind of background work, declared beside its subject. Intervals in milliseconds. */
export interface JobKind {
  readonly name: JobKindName
  /** From the first start of a registry to the first run. */
  readonly first: number
  /** From the end of a run to the next. */
  readonly every: number
  /** Does the work. Returns what is stored as the result, as JSON. Throws on failure: the run is retried later. */
  run(run: JobRun): Promise<unknown>
  /** Completed share of a run, 0 to 1, by its stored progress. */
  share?(progress: unknown): number
}
