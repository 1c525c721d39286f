import { type SelectQueryBuilder, sql, type Transaction } from 'kysely'
import type { AuditAction } from '../../../contract/domain/audit-events.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import type { AuditEventRow, Schema } from '../../db/schema.ts'
import { type Call, type Caller, callerName } from '../core/call.ts'
import { countEvents, EVENT_COUNTS, newEventId } from '../core/ids.ts'

/** Characters that are kept of what a client calls itself, … */
const CLIENT_LENGTH = 200
/** … of a name, which in what was refused may be anything, … */
const NAME_LENGTH = 512
/** … and of what a deed was about, which may be a list. */
const SUBJECT_LENGTH = 1000
/** Events that one statement writes at most. */
const AT_ONCE = 500

/** What was done, and to what; what is left out is not there. No secret belongs in any of it. */
export interface EventDetails {
  readonly action: AuditAction
  readonly namespace?: string | undefined
  /** Name of the chart, or of the repository below the namespace: the charts of one name are one. */
  readonly chart?: string | undefined
  readonly version?: string | undefined
  /** What it was about where it is none of these: an account, a robot, a tag, a domain. */
  readonly subject?: string | undefined
  /** Digests of what the action names: of a chart its archive's, of a tag the manifest's that it points at. */
  readonly digestBefore?: string | undefined
  readonly digestAfter?: string | undefined
  /** The actor's name where the caller is not known: the account that a sign-in was tried with. */
  readonly actor?: string | undefined
}

/** What the registry does of itself when it starts, where a call stands otherwise. */
export const STARTUP = {
  caller: { kind: 'system' },
  instance: '',
  protocol: 'start',
  address: '',
  userAgent: '',
  requestId: '',
} as const

/** By whom and by which way something is done. */
export type Actor = Call | (Omit<typeof STARTUP, 'instance'> & { readonly instance: string })

/** Writes down what is being done, in the transaction that does it: both hold or neither. */
export async function recordEvent(
  transaction: Transaction<Schema>,
  by: Actor,
  deed: EventDetails,
  now: string,
): Promise<void> {
  await recordEvents(transaction, by, [deed], now)
}

/** The same for a batch: each deed is an event of its own, in as few statements as may be. */
export async function recordEvents(
  transaction: Transaction<Schema>,
  by: Actor,
  deeds: readonly EventDetails[],
  now: string,
): Promise<void> {
  for (let start = 0; start < deeds.length; start += AT_ONCE) {
    const rows = deeds.slice(start, start + AT_ONCE).map((deed) => eventRow(by, deed, now, null))
    await transaction.insertInto('audit_events').values(rows).execute()
    if (start + AT_ONCE < deeds.length) await yieldToEventLoop()
  }
}

/** What a row that is deleted adds to its event. Names from the database hold no control characters. */
export interface SelectedEvent {
  /** The row's random ID. */
  key: string
  namespace: string
  chart: string
  version: string | null
  digest_before: string
}

/** The same for what a query selects, by one statement and in its order: one event for each of at most `count` rows. */
export async function recordSelectedEvents<DB, TB extends keyof DB>(
  transaction: Transaction<Schema>,
  by: Actor,
  action: AuditAction,
  about: { readonly query: SelectQueryBuilder<DB, TB, SelectedEvent>; readonly count: number },
  now: string,
): Promise<void> {
  const { id: _, namespace, chart, version, digest_before, ...shared } = eventRow(by, { action }, now, null)
  const first = countEvents(now, about.count)
  const columns = Object.keys(shared).map((column) => sql.ref(column))
  const place = sql`${first.count} + row_number() over ()`
  await sql`
    insert into audit_events (id, namespace, chart, version, digest_before, ${sql.join(columns)})
    select ${first.time} || substr(cast(${EVENT_COUNTS} + (${place}) % ${EVENT_COUNTS} as text), 2)
        || substr(replace(d.key, '-', ''), 1, 15),
      d.namespace, d.chart, substr(d.version, 1, ${NAME_LENGTH}), d.digest_before, ${sql.join(Object.values(shared))}
    from (${about.query}) as d`.execute(transaction)
}

/** The row of what somebody did; with `reason`, the code of a refusal, of what they were not let do. */
export function eventRow(by: Actor, deed: EventDetails, now: string, reason: string | null): AuditEventRow {
  return {
    id: newEventId(now),
    at: now,
    action: deed.action,
    outcome: reason === null ? 'done' : 'denied',
    reason,
    actor_kind: by.caller.kind,
    actor: deed.actor ?? (by.caller.kind === 'system' ? 'system' : callerName(by.caller)),
    credential: credentialOf(by.caller),
    address: by.address,
    protocol: by.protocol,
    client: plain(by.userAgent, CLIENT_LENGTH),
    instance_id: by.instance || null,
    namespace: plain(deed.namespace, NAME_LENGTH),
    chart: plain(deed.chart, NAME_LENGTH),
    version: plain(deed.version, NAME_LENGTH),
    subject: plain(deed.subject, SUBJECT_LENGTH),
    digest_before: deed.digestBefore ?? null,
    digest_after: deed.digestAfter ?? null,
    request_id: by.requestId,
  }
}

/** A text without control characters, cut to a length. */
function plain<T extends string | undefined>(text: T, length: number): T extends string ? string : string | null
function plain(text: string | undefined, length: number): string | null {
  return text === undefined ? null : text.slice(0, length).replace(/\p{Cc}/gu, '\u{fffd}')
}

function credentialOf(caller: Caller | typeof STARTUP.caller): string | null {
  if (caller.kind === 'anonymous' || caller.kind === 'system') return null
  const { kind, id } = caller.credential
  return id === undefined ? kind : `${kind} ${id}`
}
