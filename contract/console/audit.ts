import * as z from 'zod/mini'
import { pageSize } from '../ccr/paging.ts'
import { AUDIT_ACTIONS } from '../domain/audit-events.ts'
import { AUDIT_PROTOCOLS } from '../domain/protocols.ts'
import { endpoint } from '../endpoint.ts'

/** One thing that was done or refused. What is null was not there, or is not for the reader. */
export const AuditEvent = z.object({
  /** Sorts by time. */
  id: z.string(),
  at: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  outcome: z.enum(['done', 'denied']),
  /** Code of the refusal. */
  reason: z.nullable(z.string()),
  actorKind: z.enum(['account', 'robot', 'anonymous', 'system']),
  /** Of a refused sign-in the name that was tried, where somebody has it, else `unknown`. */
  actor: z.string(),
  /** What they showed: `session`, `password`, `access-key 0123…`. */
  credential: z.nullable(z.string()),
  address: z.nullable(z.string()),
  protocol: z.enum(AUDIT_PROTOCOLS),
  /** What their program calls itself. */
  client: z.nullable(z.string()),
  instanceId: z.nullable(z.string()),
  namespace: z.nullable(z.string()),
  /** A chart, or a repository below the namespace. */
  chart: z.nullable(z.string()),
  version: z.nullable(z.string()),
  /** What it was about, where it is none of these: an account, a robot, a tag, a domain. */
  subject: z.nullable(z.string()),
  digestBefore: z.nullable(z.string()),
  digestAfter: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
})
export type AuditEvent = z.infer<typeof AuditEvent>

/** A moment; absent and empty mean none. */
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

/** Which events are wanted. Names are whole names. */
const filters = {
  /** From then on, … */
  from: moment,
  /** … and until just before then. */
  to: moment,
  actor: name,
  action: z.optional(z.enum(AUDIT_ACTIONS)),
  outcome: z.optional(z.enum(['done', 'denied'])),
  namespace: name,
  chart: name,
}

/**
 * Which part of them: older than an event, or newer than one; without either the newest. Pages are not counted: the
 * record grows while it is read.
 */
const cursor = { before: name, after: name, pageSize }

const page = z.object({
  /** Newest first. */
  items: z.array(AuditEvent),
  /** What to ask for as `before`, where there are older ones. */
  older: z.nullable(z.string()),
  /** What to ask for as `after`, where there are newer ones. */
  newer: z.nullable(z.string()),
})
export type AuditPage = z.infer<typeof page>

const ofAll = z.object({})
const ofInstance = z.object({ instanceId: z.string() })

/** Everything in the record, of the registry itself and of all instances, or of one. */
export const listAudit = endpoint({
  method: 'GET',
  path: '/console/audit',
  needs: 'administer',
  params: ofAll,
  query: z.object({ ...filters, ...cursor, instance: name }),
  body: 'none',
  response: page,
})

/** The same events, all of them, as a file: one line each, newest first. */
export const exportAudit = endpoint({
  method: 'GET',
  path: '/console/audit.csv',
  needs: 'administer',
  params: ofAll,
  query: z.object({ ...filters, instance: name }),
  body: 'none',
  response: 'stream',
})

/** What was done in an instance. */
export const listInstanceAudit = endpoint({
  method: 'GET',
  path: '/console/instances/:instanceId/audit',
  needs: 'administer',
  params: ofInstance,
  query: z.object({ ...filters, ...cursor }),
  body: 'none',
  response: page,
})

export const exportInstanceAudit = endpoint({
  method: 'GET',
  path: '/console/instances/:instanceId/audit.csv',
  needs: 'administer',
  params: ofInstance,
  query: z.object(filters),
  body: 'none',
  response: 'stream',
})

/**
 * What was done to a chart since its namespace was made, for everybody who may read it: not what was refused, nor which
 * blobs came in. Where from, with which client and credential is told to those who may change the namespace.
 */
export const listChartActivity = endpoint({
  method: 'GET',
  path: '/console/instances/:instanceId/namespaces/:projectName/charts/:chartName/activity',
  needs: 'read',
  params: z.object({ instanceId: z.string(), projectName: z.string(), chartName: z.string() }),
  query: z.object(cursor),
  body: 'none',
  response: page,
})
