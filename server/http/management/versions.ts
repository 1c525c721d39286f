import type * as z from 'zod/mini'
import {
  deleteVersion as deleteVersionEndpoint,
  deleteVersions as deleteVersionsEndpoint,
  type HelmChartVersion,
  listVersions as listVersionsEndpoint,
} from '../../../contract/ccr/charts.ts'
import type { ChartRow } from '../../db/schema.ts'
import { findChart } from '../../registry/charts/chart-queries.ts'
import { type ListedVersion, listVersions } from '../../registry/charts/version-queries.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteVersion, deleteVersions } from '../../registry/deletion/delete-versions.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'
import { namespaceOf } from './namespaces.ts'

/** The versions of a chart: list and delete. */
export function mountVersions(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listVersionsEndpoint, ({ params, query }) => pageOfVersions(context, params, query))

  route(app, context, deleteVersionsEndpoint, async ({ call, params, body }) => {
    const { name: namespace } = await namespaceOf(context, params)
    await deleteVersions(registry, call, { namespace, chart: params.chartName, versions: body.items })
    return undefined
  })

  route(app, context, deleteVersionEndpoint, async ({ call, params }) => {
    const { name: namespace } = await namespaceOf(context, params)
    await deleteVersion(registry, call, { namespace, chart: params.chartName, version: params.chartVersion })
    return undefined
  })
}

/** A page of a chart's versions, in the wire's words. Throws what {@link chartOf} throws. */
export async function pageOfVersions(
  context: Context,
  params: ChartParams,
  query: z.output<typeof listVersionsEndpoint.query>,
): Promise<z.input<typeof listVersionsEndpoint.response>> {
  const { total, rows } = await listVersions(context.registry.database.read, {
    ...pageRequest(query),
    chart: await chartOf(context, params),
    query: query.chartVersion || undefined,
    orderBy: query.orderBy,
    order: query.order,
    prerelease: query.prerelease !== 'false',
  })
  return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toHelmChartVersion) }
}

type ChartParams = { instanceId: string; projectName: string; chartName: string }

/** The chart's row. Throws `instance-missing`, `namespace-missing` and `chart-missing`. */
export async function chartOf(context: Context, params: ChartParams): Promise<ChartRow> {
  const namespace = await namespaceOf(context, params)
  const row = await findChart(context.registry.database.read, namespace.id, params.chartName)
  if (!row) throw new RegistryError('chart-missing', { chart: params.chartName, namespace: namespace.name })
  return row
}

/** A version as the wire lists it: fifteen fields, none ever left out. */
function toHelmChartVersion(record: ListedVersion): HelmChartVersion {
  const { metadata } = record
  return {
    name: record.name,
    version: record.version,
    apiVersion: metadata.apiVersion ?? '',
    appVersion: metadata.appVersion ?? '',
    description: metadata.description ?? '',
    urls: [record.file_name],
    digest: record.digest.slice('sha256:'.length),
    created: record.created_at,
    // A template engine was a Helm 2 field; no helm that is still in use reads it.
    engine: null,
    icon: metadata.icon || null,
    home: metadata.home ?? '',
    sources: metadata.sources ?? [],
    deprecated: metadata.deprecated ?? false,
    removed: false,
    maintainers: maintainerTexts(metadata.maintainers),
  }
}

function maintainerTexts(maintainers: ListedVersion['metadata']['maintainers']): string[] | null {
  const texts = (maintainers ?? []).map(({ name, email, url }) => {
    const address = email ? `<${email}>` : url ? `(${url})` : ''
    return `${name ?? ''} ${address}`.trim()
  })
  return texts.length > 0 ? texts : null
}
