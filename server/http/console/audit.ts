import { type AuditEvent, type AuditPage, auditEndpoints } from '../../../contract/console/audit.ts'
import type { AuditEventRow } from '../../db/schema.ts'
import { type AuditFilters, type AuditSlice, findAuditEvents } from '../../registry/audit/audit-queries.ts'
import { firstEventId } from '../../registry/core/ids.ts'
import { isAllowed } from '../../registry/core/permissions.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { route } from '../route.ts'
import { sendAuditCsv } from './audit-csv.ts'

/** Fields hidden from callers who may only read the chart. */
const NOT_FOR_READERS = { credential: null, address: null, client: null, requestId: null } as const

/** The audit log of the registry, of an instance, of a chart. */
export function mountAudit(api: Api): void {
  const { context } = api
  route(api, auditEndpoints.list, ({ query }) => pageOf(context, filtersOf(query), query))

  route(api, auditEndpoints.export, ({ query, http }) => sendAuditCsv(http, context, filtersOf(query)))

  route(api, auditEndpoints.listOfInstance, async ({ query, instance: { id: instance } }) => {
    return pageOf(context, filtersOf({ ...query, instance }), query)
  })

  route(api, auditEndpoints.exportOfInstance, async ({ query, http, instance: { id: instance } }) => {
    return sendAuditCsv(http, context, filtersOf({ ...query, instance }))
  })

  route(
    api,
    auditEndpoints.listOfChart,
    async ({ call, params, query, namespace: { name: namespace, created_at } }) => {
      const filters: AuditFilters = {
        instance: call.instance,
        namespace,
        chart: params.chart,
        outcome: 'done',
        exceptActions: ['blob.put', 'blob.mount', 'blob.delete'],
        // An earlier namespace of that name may have had other readers.
        fromId: firstEventId(created_at),
      }
      const page = await pageOf(context, filters, query)
      if (isAllowed(call.caller, 'change', { instance: call.instance, namespace })) return page
      return { ...page, items: page.items.map((event) => ({ ...event, ...NOT_FOR_READERS })) }
    },
  )
}

type Filters = Omit<AuditFilters, 'fromId' | 'toId' | 'exceptActions'> & {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

function filtersOf({ from, to, instance, namespace, chart, actor, action, outcome }: Filters): AuditFilters {
  return {
    fromId: from && firstEventId(from),
    toId: to && firstEventId(to),
    instance: instance || undefined,
    namespace: namespace || undefined,
    chart: chart || undefined,
    actor: actor || undefined,
    action,
    outcome,
  }
}

type Cursor = Omit<AuditSlice, 'limit'> & { readonly pageSize: number }

async function pageOf(
  context: Context,
  filters: AuditFilters,
  { before, after, pageSize }: Cursor,
): Promise<AuditPage> {
  // One more than the page, to know whether there is a next one.
  const slice = { before: before || undefined, after: after || undefined, limit: pageSize + 1 }
  const found = await findAuditEvents(context.registry.database.read, filters, slice)
  const hasMore = found.length > pageSize
  const items = found.slice(0, pageSize).map(toEvent)
  const isUpwards = slice.before === undefined && slice.after !== undefined
  if (isUpwards) items.reverse()
  const [newest, oldest] = [items.at(0)?.id ?? null, items.at(-1)?.id ?? null]
  if (isUpwards) return { items, older: oldest, newer: hasMore ? newest : null }
  return { items, older: hasMore ? oldest : null, newer: slice.before === undefined ? null : newest }
}

function toEvent(row: AuditEventRow): AuditEvent {
  return {
    id: row.id,
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    reason: row.reason,
    actorKind: row.actor_kind,
    actor: row.actor,
    credential: row.credential,
    address: row.address,
    protocol: row.protocol,
    client: row.client,
    instanceId: row.instance_id,
    namespace: row.namespace,
    chart: row.chart,
    version: row.version,
    subject: row.subject,
    digestBefore: row.digest_before,
    digestAfter: row.digest_after,
    requestId: row.request_id,
  }
}
