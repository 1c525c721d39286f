import { type SelectQueryBuilder, sql, type Transaction } from 'kysely'
import type { AuditAction } from '../../../contract/domain/audit-events.ts'
import { yieldToEventLoop } from '../../db/chunks.ts'
import type { AuditEventRow, Schema } from '../../db/schema.ts'
import { type Call, type Caller, callerName } from '../core/call.ts'
import { countEvents, EVENT_COUNTS, newEventId } from '../core/ids.ts'

/** Lengths to which texts are truncated, in characters: of the `User-Agent` header, … */
const CLIENT_LENGTH = 200
/** … of a name, which in a denied request may be any text, … */
const NAME_LENGTH = 512
/** … and of the subject, which may be a list. */
const SUBJECT_LENGTH = 1000
/** Limit of events inserted by one statement. */
const AT_ONCE = 500

/** An action and the resources that it affects. Must not contain secrets. */
export interface EventDetails {
  readonly action: AuditAction
  readonly namespace?: string | undefined
  /** Name of the chart, or of the repository below the namespace. */
  readonly chart?: string | undefined
  readonly version?: string | undefined
  /** Affected resource of another kind: an account, a robot, a tag, a domain. */
  readonly subject?: string | undefined
  /** Digests of the archive of a chart, or of the manifest that a tag points to, before and after the action. */
  readonly digestBefore?: string | undefined
  readonly digestAfter?: string | undefined
  /** Name of the actor if the caller is anonymous: the account of a failed sign-in. */
  readonly actor?: string | undefined
}

/** Actor of events that the server itself causes at startup. */
export const STARTUP = {
  caller: { kind: 'system' },
  instance: '',
  protocol: 'start',
  address: '',
  userAgent: '',
  requestId: '',
} as const

/** Caller and API that an event is attributed to. */
export type Actor = Call | (Omit<typeof STARTUP, 'instance'> & { readonly instance: string })

/** Records an event in the transaction of the action, so that both are committed or neither. `now` is ISO. */
export async function recordEvent(
  transaction: Transaction<Schema>,
  actor: Actor,
  event: EventDetails,
  now: string,
): Promise<void> {
  await recordEvents(transaction, actor, [event], now)
}

/** Records a batch of events, with as few statements as possible. `now` is ISO. */
export async function recordEvents(
  transaction: Transaction<Schema>,
  actor: Actor,
  events: readonly EventDetails[],
  now: string,
): Promise<void> {
  for (let start = 0; start < events.length; start += AT_ONCE) {
    const rows = events.slice(start, start + AT_ONCE).map((event) => eventRow(actor, event, now, null))
    await transaction.insertInto('audit_events').values(rows).execute()
    if (start + AT_ONCE < events.length) await yieldToEventLoop()
  }
}

/** Columns that a query provides for an event. Names from the database contain no control characters. */
export interface SelectedEvent {
  /** The row's random ID. */
  key: string
  namespace: string
  chart: string
  version: string | null
  digest_before: string
}

/**
 * Records one event for each row that a query selects, in its order, with a single statement. `count` is an upper bound
 * of the number of rows.
 */
export async function recordSelectedEvents<DB, TB extends keyof DB>(
  transaction: Transaction<Schema>,
  actor: Actor,
  action: AuditAction,
  source: { readonly query: SelectQueryBuilder<DB, TB, SelectedEvent>; readonly count: number },
  now: string,
): Promise<void> {
  const { id: _, namespace, chart, version, digest_before, ...shared } = eventRow(actor, { action }, now, null)
  const first = countEvents(now, source.count)
  const columns = Object.keys(shared).map((column) => sql.ref(column))
  const number = sql`${first.count} + row_number() over ()`
  await sql`
    insert into audit_events (id, namespace, chart, version, digest_before, ${sql.join(columns)})
    select ${first.time} || substr(cast(${EVENT_COUNTS} + (${number}) % ${EVENT_COUNTS} as text), 2)
        || substr(replace(d.key, '-', ''), 1, 15),
      d.namespace, d.chart, substr(d.version, 1, ${NAME_LENGTH}), d.digest_before, ${sql.join(Object.values(shared))}
    from (${source.query}) as d`.execute(transaction)
}

/** Returns the row of an event. `reason` is the error code of a denied action, null if the action was done. */
export function eventRow(actor: Actor, event: EventDetails, now: string, reason: string | null): AuditEventRow {
  return {
    id: newEventId(now),
    at: now,
    action: event.action,
    outcome: reason === null ? 'done' : 'denied',
    reason,
    actor_kind: actor.caller.kind,
    actor: event.actor ?? (actor.caller.kind === 'system' ? 'system' : callerName(actor.caller)),
    credential: credentialOf(actor.caller),
    address: actor.address,
    protocol: actor.protocol,
    client: plain(actor.userAgent, CLIENT_LENGTH),
    instance_id: actor.instance || null,
    namespace: plain(event.namespace, NAME_LENGTH),
    chart: plain(event.chart, NAME_LENGTH),
    version: plain(event.version, NAME_LENGTH),
    subject: plain(event.subject, SUBJECT_LENGTH),
    digest_before: event.digestBefore ?? null,
    digest_after: event.digestAfter ?? null,
    request_id: actor.requestId,
  }
}

/** Replaces control characters and truncates the text to `length`. */
function plain<T extends string | undefined>(text: T, length: number): T extends string ? string : string | null
function plain(text: string | undefined, length: number): string | null {
  return text === undefined ? null : text.slice(0, length).replace(/\p{Cc}/gu, '\u{fffd}')
}

function credentialOf(caller: Caller | typeof STARTUP.caller): string | null {
  if (caller.kind === 'anonymous' || caller.kind === 'system') return null
  const { kind, id } = caller.credential
  return id === undefined ? kind : `${kind} ${id}`
}
