import { type Instance, instanceEndpoints } from '../../../contract/ccr/instances.ts'
import { QUOTAS } from '../../../contract/domain/quotas.ts'
import type { InstanceRow } from '../../db/schema.ts'
import { instancesToSee, namespacesToRead } from '../../registry/core/permissions.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { listDomains } from '../../registry/instances/domain-queries.ts'
import { instanceStatistics, listInstances } from '../../registry/instances/instance-queries.ts'
import {
  createInstance,
  instanceTags,
  renameInstance,
  replaceInstanceTags,
} from '../../registry/instances/instances.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { isDomainInUse } from '../helm/custom-domains.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** Instances: list, create, detail, rename, tags. */
export function mountInstances(api: Api): void {
  const { context } = api
  const { registry } = context
  const { read } = registry.database

  route(api, instanceEndpoints.list, async ({ call, query }) => {
    const keyword = query.keyword || undefined
    const by = keyword === undefined ? 'both' : lookedForIn(query.keywordType)
    const { total, rows } = await listInstances(read, {
      ...pageRequest(query),
      readable: instancesToSee(call.caller),
      query: keyword,
      by,
    })
    const instances = await toInstances(context, rows)
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, instances }
  })

  route(api, instanceEndpoints.create, async ({ body, call }) => {
    const { name, type, bucket, tags } = body
    const row = await createInstance(registry, call, { name, type, bucket, tags: tags ?? undefined })
    // The vendor's SDK expects the number of an order. There is none, so that it gets the ID of the request.
    return { instanceID: row.id, orderID: call.requestId }
  })

  route(api, instanceEndpoints.get, async ({ call, instance: row }) => {
    return {
      bucket: row.bucket,
      region: row.region,
      info: await toInstance(context, row),
      statistic: await instanceStatistics(read, row.id, namespacesToRead(call.caller, row.id)),
      quota: QUOTAS[row.type],
    }
  })

  route(api, instanceEndpoints.rename, async ({ call, body }) => {
    const row = await renameInstance(registry, call, body.name)
    return toInstance(context, row)
  })

  route(api, instanceEndpoints.replaceTags, async ({ call, body }) => {
    await replaceInstanceTags(registry, call, body.tags)
    return undefined
  })
}

function lookedForIn(keywordType: string | undefined): 'name' | 'id' | 'both' {
  if (keywordType === 'name' || keywordType === 'id') return keywordType
  if (!keywordType) return 'both'
  throw new RegistryError('field-one-of', { field: 'keywordType', choices: 'id, name' })
}

async function toInstances(context: Context, rows: readonly InstanceRow[]): Promise<Instance[]> {
  const ids = rows.map(({ id }) => id)
  const domains = await listDomains(context.registry.database.read, ids)
  return rows.map((row) => instanceOnWire(row, context.publicUrl, domains.get(row.id) ?? []))
}

async function toInstance(context: Context, row: InstanceRow): Promise<Instance> {
  const domains = await listDomains(context.registry.database.read, [row.id])
  return instanceOnWire(row, context.publicUrl, domains.get(row.id) ?? [])
}

function instanceOnWire(row: InstanceRow, publicUrl: string, domains: readonly string[]): Instance {
  const customDomains = domains.filter((domain) => isDomainInUse(domain, publicUrl))
  const address = addressOf(row, new URL(publicUrl), customDomains)
  return {
    id: row.id,
    name: row.name,
    instanceType: row.type,
    status: row.status,
    region: row.region,
    publicURL: address,
    privateURL: address,
    customDomains,
    createTime: withOffset(row.created_at),
    expireTime: null,
    tags: instanceTags(row),
  }
}

/** Address of the instance for Helm clients. Custom domains are assumed to be served on the same port. */
function addressOf(row: InstanceRow, own: URL, [domain]: readonly string[]): string {
  if (row.is_default) return own.host
  if (domain === undefined) return `${own.host}/${row.id}`
  return own.port === '' ? domain : `${domain}:${own.port}`
}

/** Formats a time in the server's time zone, as the vendor's service does: `2022-07-25T19:28:45+08:00`. */
function withOffset(iso: string): string {
  const date = new Date(iso)
  const minutes = -date.getTimezoneOffset()
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19)
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0')
  const offset = Math.abs(minutes)
  return `${local}${minutes < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`
}
