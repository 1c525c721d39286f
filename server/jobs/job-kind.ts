import type { Logger } from 'pino'
import type { JobKindName } from '../../contract/domain/jobs.ts'
import type { Registry } from '../registry/core/registry.ts'

/** Context of a run. */
export interface JobRun {
  readonly registry: Registry
  readonly log: Logger
  /**
   * Aborted when the process stops or has lost the lease: the run must stop soon, and leave work that can be resumed.
   */
  readonly signal: AbortSignal
  /** Options of a run that was requested, such as `{ immediate: true }`; null for a scheduled run. */
  readonly payload: unknown
  /** Progress last stored by {@link saveProgress} in an unfinished run; null at the start of a new one. */
  readonly progress: unknown
  /** Stores the progress for the run that resumes this one. */
  saveProgress(progress: unknown): Promise<void>
}

/** A kind of background work, declared beside its subject. */
export interface JobKind {
  readonly name: JobKindName
  /** Time from the first start of a registry to the first run, in milliseconds. */
  readonly first: number
  /** Time from the end of a run to the next, in milliseconds. */
  readonly every: number
  /** Does the work. Returns the result, which is stored as JSON. If it throws, the run is retried later. */
  run(run: JobRun): Promise<unknown>
  /** Returns the completed share of a run, from 0 to 1, from its stored progress. */
  share?(progress: unknown): number
}
