import {
  downloadVersions,
  getVersionDetails,
  listChartVersions,
  listVersionSummaries,
  type VersionDetails,
  type VersionSummary,
} from '../../../contract/console/versions.ts'
import {
  findLatestStable,
  findLatestVersion,
  findVersion,
  findVersions,
  type VersionFile,
  type VersionRecord,
} from '../../registry/charts/version-queries.ts'
import { zipVersions } from '../../registry/charts/zip-versions.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { chartOf, pageOfVersions } from '../management/versions.ts'
import { route } from '../route.ts'
import { attachment, sendStream } from '../transport/send-stream.ts'

/** What the management API does not know of versions: facts, details, and many of them in one file. */
export function mountVersionDetails(app: HttpApp, context: Context): void {
  const { registry } = context
  const { read } = registry.database

  route(app, context, listChartVersions, ({ params, query }) => pageOfVersions(context, params, query))

  route(app, context, listVersionSummaries, async ({ params, query }) => {
    const chart = await chartOf(context, params)
    return { items: (await findVersions(read, chart.id, query.version)).map(toFacts) }
  })

  route(app, context, getVersionDetails, async ({ params }) => {
    const { chartVersion: version, chartName } = params
    const chart = await chartOf(context, params)
    const named = version === 'latest' ? await findLatestStable(read, chart.id) : version
    const record = await (named === undefined ? findLatestVersion(read, chart.id) : findVersion(read, chart.id, named))
    if (!record) throw new RegistryError('version-missing', { chart: chartName, version })
    return toDetails(record)
  })

  route(app, context, downloadVersions, async ({ call, params, query, http }) => {
    const { name, namespace_name: namespace } = await chartOf(context, params)
    const { length, stream } = await zipVersions(registry, call, { namespace, chart: name, versions: query.version })
    http.header('Content-Type', 'application/zip')
    http.header('Content-Length', String(length))
    http.header('Content-Disposition', attachment(`${name}-versions.zip`))
    http.header('Cache-Control', 'private, no-store')
    if (http.req.method === 'HEAD') {
      stream.destroy()
      return http.body(null)
    }
    return sendStream(http, context, stream)
  })
}

function toFacts(record: VersionFile): VersionSummary {
  return {
    version: record.version,
    size: record.size,
    signed: record.provenance_digest !== null,
    prerelease: record.prerelease === 1,
    pushedBy: record.pushed_by,
    protocol: record.protocol,
  }
}

function toDetails(record: VersionRecord): VersionDetails {
  const { metadata } = record
  return {
    ...toFacts(record),
    name: record.name,
    apiVersion: metadata.apiVersion ?? '',
    appVersion: metadata.appVersion ?? '',
    kubeVersion: metadata.kubeVersion ?? '',
    type: metadata.type ?? '',
    description: metadata.description ?? '',
    home: metadata.home ?? '',
    icon: metadata.icon ?? '',
    deprecated: metadata.deprecated ?? false,
    sources: metadata.sources ?? [],
    keywords: metadata.keywords ?? [],
    maintainers: (metadata.maintainers ?? []).map(({ name = '', email = '', url = '' }) => ({ name, email, url })),
    dependencies: (metadata.dependencies ?? []).map(
      ({ name, version = '', repository = '', alias = '', condition = '' }) => ({
        name,
        version,
        repository,
        alias,
        condition,
      }),
    ),
    annotations: metadata.annotations ?? {},
    digest: record.digest.slice('sha256:'.length),
    created: record.created_at,
  }
}
