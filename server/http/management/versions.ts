import type * as z from 'zod/mini'
import { type HelmChartVersion, versionEndpoints } from '../../../contract/ccr/charts.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import type { ChartRow, NamespaceRow } from '../../db/schema.ts'
import { findChart } from '../../registry/charts/chart-queries.ts'
import { type ListedVersion, listVersions } from '../../registry/charts/version-queries.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteVersion, deleteVersions } from '../../registry/deletion/delete-versions.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** Versions of a chart: list and delete. */
export function mountVersions(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, versionEndpoints.list, ({ params, query, namespace }) => pageOfVersions(context, namespace, params, query))

  route(api, versionEndpoints.deleteMany, async ({ call, params, body }) => {
    const { namespace, chart } = params
    await deleteVersions(registry, call, { namespace, chart, versions: body.items })
    return undefined
  })

  route(api, versionEndpoints.delete, async ({ call, params: { namespace, chart, version } }) => {
    await deleteVersion(registry, call, { namespace, chart, version })
    return undefined
  })
}

/** Returns a page of a chart's versions. Throws `chart-missing`. */
export async function pageOfVersions(
  context: Context,
  namespace: NamespaceRow,
  { chart }: { readonly chart: string },
  query: z.output<typeof versionEndpoints.list.query>,
): Promise<z.input<typeof versionEndpoints.list.response>> {
  const { total, rows } = await listVersions(context.registry.database.read, {
    ...pageRequest(query),
    chart: await chartOf(context, namespace, chart),
    query: query.chartVersion || undefined,
    orderBy: query.orderBy,
    order: query.order,
    prerelease: query.prerelease !== 'false',
  })
  return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toHelmChartVersion) }
}

/** Returns the row of a chart. Throws `chart-missing`. */
export async function chartOf(context: Context, namespace: NamespaceRow, name: string): Promise<ChartRow> {
  const row = await findChart(context.registry.database.read, namespace.id, name)
  if (!row) throw new RegistryError('chart-missing', { chart: name, namespace: namespace.name })
  return row
}

/** Converts a version to its fifteen fields on the wire, all of them always present. */
function toHelmChartVersion(record: ListedVersion): HelmChartVersion {
  const { metadata } = record
  return {
    name: record.name,
    version: record.version,
    apiVersion: metadata.apiVersion ?? '',
    appVersion: metadata.appVersion ?? '',
    description: metadata.description ?? '',
    urls: [record.file_name],
    digest: hexOfDigest(record.digest),
    created: record.created_at,
    // The template engine was a field of Helm 2.
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
