import type { Kysely, Transaction } from 'kysely'
import type { JobKindName } from '../../contract/domain/jobs.ts'
import type { JobRow, Schema } from '../db/schema.ts'

/**
 * A job is `waiting` (no lease), `running` (a lease that has not expired) or abandoned (an expired lease: its holder
 * died). {@link leaseJob} moves a waiting or abandoned job to running; {@link finishJob}, {@link failJob} and
 * {@link releaseJob}, called by the holder only, move it back to waiting.
 */

/** Limit of stored error messages, in characters. */
const ERROR_LENGTH = 500

/** Holder of a lease, and its time of expiry, ISO. */
export interface Lease {
  readonly holder: string
  readonly until: string
}

/** Returns the row of a kind; undefined if it was never scheduled. */
export async function findJob(db: Kysely<Schema>, kind: JobKindName): Promise<JobRow | undefined> {
  return db.selectFrom('jobs').selectAll().where('id', '=', kind).executeTakeFirst()
}

/** Returns all rows. */
export async function listJobRows(db: Kysely<Schema>): Promise<JobRow[]> {
  return db.selectFrom('jobs').selectAll().orderBy('id').execute()
}

/** Schedules a kind that has no row yet for `runAt`. */
export async function scheduleJob(transaction: Transaction<Schema>, kind: JobKindName, runAt: string): Promise<void> {
  await transaction
    .insertInto('jobs')
    .values({ ...EMPTY, id: kind, kind, run_at: runAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Makes a kind due at `now`. A payload replaces that of an earlier request; without one, that is kept. */
export async function requestJob(
  transaction: Transaction<Schema>,
  kind: JobKindName,
  now: string,
  payload?: unknown,
): Promise<void> {
  const changes = { run_at: now, ...(payload !== undefined && { payload_json: JSON.stringify(payload) }) }
  await transaction
    .insertInto('jobs')
    .values({ ...EMPTY, id: kind, kind, ...changes })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
    .execute()
}

/** Returns IDs of jobs that are due at `now` and that no live process is running, longest due first. */
export async function listDueJobs(db: Kysely<Schema>, now: string): Promise<JobKindName[]> {
  const rows = await db
    .selectFrom('jobs')
    .select('kind')
    .where('run_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('run_at')
    .execute()
  return rows.map(({ kind }) => kind)
}

/** Takes the lease of a due job. Returns its row; undefined if it is not due or another holder has it. */
export async function leaseJob(
  transaction: Transaction<Schema>,
  kind: JobKindName,
  lease: Lease,
  now: string,
): Promise<JobRow | undefined> {
  const { numUpdatedRows } = await transaction
    .updateTable('jobs')
    .set({ lease_holder: lease.holder, lease_until: lease.until, started_at: now })
    .where('id', '=', kind)
    .where('run_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n ? findJob(transaction, kind) : undefined
}

/** Extends a lease. Returns false if the holder has lost it. */
export async function renewLease(transaction: Transaction<Schema>, kind: JobKindName, lease: Lease): Promise<boolean> {
  return changed(held(transaction, kind, lease.holder).set({ lease_until: lease.until }))
}

/** Stores the progress of a running job. Returns false if the holder has lost the lease. */
export async function storeProgress(
  transaction: Transaction<Schema>,
  kind: JobKindName,
  holder: string,
  progress: unknown,
): Promise<boolean> {
  return changed(held(transaction, kind, holder).set({ progress_json: JSON.stringify(progress) }))
}

/** Ends a successful run. If it was requested during the run it is due at once, else at `nextRun`. */
export async function finishJob(
  transaction: Transaction<Schema>,
  row: JobRow,
  { result, now, nextRun }: { readonly result: unknown; readonly now: string; readonly nextRun: string },
): Promise<void> {
  const next = (await isRequestedAgain(transaction, row)) ? {} : { run_at: nextRun, payload_json: null }
  await held(transaction, row.kind, row.lease_holder ?? '')
    .set({
      ...FREE,
      finished_at: now,
      attempts: 0,
      last_error: null,
      progress_json: null,
      result_json: JSON.stringify(result ?? null),
      ...next,
    })
    .execute()
}

/**
 * Ends a failed run. It is retried from its stored progress at `retryAt`, or at once if it was requested during the
 * run.
 */
export async function failJob(
  transaction: Transaction<Schema>,
  row: JobRow,
  { error, retryAt }: { readonly error: string; readonly retryAt: string },
): Promise<void> {
  const next = (await isRequestedAgain(transaction, row)) ? {} : { run_at: retryAt, payload_json: null }
  await held(transaction, row.kind, row.lease_holder ?? '')
    .set({
      ...FREE,
      attempts: row.attempts + 1,
      last_error: error.slice(0, ERROR_LENGTH),
      ...next,
    })
    .execute()
}

/** Releases the lease of an interrupted run, so that another process can resume it at once. */
export async function releaseJob(transaction: Transaction<Schema>, { kind, lease_holder }: JobRow): Promise<void> {
  await held(transaction, kind, lease_holder ?? '')
    .set(FREE)
    .execute()
}

/**
 * Whether the job was requested after `row` was read at the start of its run. The request keeps its time and payload.
 */
async function isRequestedAgain(transaction: Transaction<Schema>, row: JobRow): Promise<boolean> {
  const current = await findJob(transaction, row.kind)
  return current?.payload_json !== row.payload_json || current?.run_at !== row.run_at
}

const FREE = { lease_holder: null, lease_until: null } as const

const EMPTY = {
  ...FREE,
  payload_json: null,
  attempts: 0,
  last_error: null,
  started_at: null,
  finished_at: null,
  progress_json: null,
  result_json: null,
} as const

function held(transaction: Transaction<Schema>, kind: JobKindName, holder: string) {
  return transaction.updateTable('jobs').where('id', '=', kind).where('lease_holder', '=', holder)
}

async function changed(update: { executeTakeFirstOrThrow(): Promise<{ numUpdatedRows: bigint }> }): Promise<boolean> {
  return (await update.executeTakeFirstOrThrow()).numUpdatedRows > 0n
}
