import * as z from 'zod/mini'
import { pageSize } from '../ccr/paging.ts'
import { AUDIT_ACTIONS } from '../domain/audit-events.ts'
import { AUDIT_PROTOCOLS } from '../domain/protocols.ts'
import { endpoint } from '../endpoint.ts'

/** An event of the audit log. A field is null if it does not apply or the caller may not read it. */
export const AuditEvent = z.object({
  /** IDs sort by time. */
  id: z.string(),
  at: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  outcome: z.enum(['done', 'denied']),
  /** Error code, if denied. */
  reason: z.nullable(z.string()),
  actorKind: z.enum(['account', 'robot', 'anonymous', 'system']),
  /** Name. For a denied sign-in the name that was tried if it exists, else `unknown`. */
  actor: z.string(),
  /** Credential: `session`, `password`, `access-key 0123…`. */
  credential: z.nullable(z.string()),
  address: z.nullable(z.string()),
  protocol: z.enum(AUDIT_PROTOCOLS),
  /** User-Agent. */
  client: z.nullable(z.string()),
  instanceId: z.nullable(z.string()),
  namespace: z.nullable(z.string()),
  /** Name of a chart, or of a repository below the namespace. */
  chart: z.nullable(z.string()),
  version: z.nullable(z.string()),
  /** Any other subject: an account, a robot, a tag, a domain. */
  subject: z.nullable(z.string()),
  digestBefore: z.nullable(z.string()),
  digestAfter: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
})
export type AuditEvent = z.infer<typeof AuditEvent>

/** Schema of a time in a query string; undefined if absent or empty. */
const moment = z.pipe(
  z.optional(z.string()),
  z.transform((text, context) => {
    if (!text) return undefined
    const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
    if (time >= 0) return new Date(time).toISOString()
    context.issues.push({ code: 'custom', message: 'time', input: text })
    return z.NEVER
  }),
)
const name = z.optional(z.string().check(z.maxLength(512, 'at-most-512')))

/** Filters of events. Names match as a whole. */
const filters = {
  /** Inclusive. */
  from: moment,
  /** Exclusive. */
  to: moment,
  actor: name,
  action: z.optional(z.enum(AUDIT_ACTIONS)),
  outcome: z.optional(z.enum(['done', 'denied'])),
  namespace: name,
  chart: name,
}

/**
 * Cursor: events older or newer than the given one; the newest without either. There are no page numbers, because the
 * audit log grows while it is read.
 */
const cursor = { before: name, after: name, pageSize }

const page = z.object({
  /** Newest first. */
  items: z.array(AuditEvent),
  /** Value of `before` for the next older page; null on the oldest. */
  older: z.nullable(z.string()),
  /** Value of `after` for the next newer page; null on the newest. */
  newer: z.nullable(z.string()),
})
export type AuditPage = z.infer<typeof page>

const ofAll = z.object({})
const ofInstance = z.object({ instanceId: z.string() })

export const auditEndpoints = {
  /** Lists all events, of the registry itself and of all instances, or of one instance. */
  list: endpoint({
    method: 'GET',
    path: '/console/audit',
    needs: 'administer',
    about: 'registry',
    params: ofAll,
    query: z.object({ ...filters, ...cursor, instance: name }),
    body: 'none',
    response: page,
  }),

  /** Exports the events of `list` without paging as CSV, newest first. */
  export: endpoint({
    method: 'GET',
    path: '/console/audit.csv',
    needs: 'administer',
    about: 'registry',
    params: ofAll,
    query: z.object({ ...filters, instance: name }),
    body: 'none',
    response: 'raw',
  }),

  /** Lists the events of an instance. */
  listOfInstance: endpoint({
    method: 'GET',
    path: '/console/instances/:instanceId/audit',
    needs: 'administer',
    about: 'instance',
    params: ofInstance,
    query: z.object({ ...filters, ...cursor }),
    body: 'none',
    response: page,
  }),

  exportOfInstance: endpoint({
    method: 'GET',
    path: '/console/instances/:instanceId/audit.csv',
    needs: 'administer',
    about: 'instance',
    params: ofInstance,
    query: z.object(filters),
    body: 'none',
    response: 'raw',
  }),

  /**
   * Lists the events of a chart since its namespace was created, for everyone who may read it. Denied events and blob
   * uploads are left out. Address, client and credential are null unless the caller may change the namespace.
   */
  listOfChart: endpoint({
    method: 'GET',
    path: '/console/instances/:instanceId/namespaces/:namespace/charts/:chart/activity',
    needs: 'read',
    about: 'namespace',
    params: z.object({ instanceId: z.string(), namespace: z.string(), chart: z.string() }),
    query: z.object(cursor),
    body: 'none',
    response: page,
  }),
}
