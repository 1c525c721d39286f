import type { Transaction } from 'kysely'
import type { AuditAction } from '../../contract/console/audit.ts'
import type { AuditEventRow, Schema } from '../db/schema.ts'
import { type Call, type Caller, callerName } from './call.ts'
import { newEventId } from './ids.ts'

/** Characters that are kept of what a client calls itself. */
const CLIENT_LENGTH = 200

/** What was done, and to what; what is left out is not there. No secret belongs in any of it. */
export interface Deed {
  readonly action: AuditAction
  readonly namespace?: string | undefined
  readonly chart?: string | undefined
  readonly version?: string | undefined
  /** What it was about where it is none of these: an account, a robot, a tag, a domain. */
  readonly subject?: string | undefined
  /** Archive or manifest digests. */
  readonly digestBefore?: string | undefined
  readonly digestAfter?: string | undefined
  /** The actor's name where the caller is not known: the account that a sign-in was tried with. */
  readonly actor?: string | undefined
}

/** Writes down what is being done, in the transaction that does it: both hold or neither. */
export async function recordDeed(transaction: Transaction<Schema>, call: Call, deed: Deed, now: string): Promise<void> {
  await transaction
    .insertInto('audit_events')
    .values(rowOf(call, deed, now, null))
    .execute()
}

/** The row of what somebody did; with `reason`, the code of a refusal, of what they were not let do. */
export function rowOf(call: Call, deed: Deed, now: string, reason: string | null): AuditEventRow {
  return {
    id: newEventId(now),
    at: now,
    action: deed.action,
    outcome: reason === null ? 'done' : 'refused',
    reason,
    actor_kind: call.caller.kind,
    actor: deed.actor ?? callerName(call.caller),
    credential: credentialOf(call.caller),
    address: call.address,
    door: call.door,
    client: call.client.slice(0, CLIENT_LENGTH),
    instance_id: call.instance || null,
    namespace: deed.namespace ?? null,
    chart: deed.chart ?? null,
    version: deed.version ?? null,
    subject: deed.subject ?? null,
    digest_before: deed.digestBefore ?? null,
    digest_after: deed.digestAfter ?? null,
    request_id: call.requestId,
  }
}

function credentialOf(caller: Caller): string | null {
  if (caller.kind === 'anonymous') return null
  const { kind, id } = caller.credential
  return id === undefined ? kind : `${kind} ${id}`
}
