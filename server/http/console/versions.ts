import { type VersionDetails, type VersionSummary, versionDetailEndpoints } from '../../../contract/console/versions.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
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
import type { Api } from '../api.ts'
import { chartOf, pageOfVersions } from '../management/versions.ts'
import { route } from '../route.ts'
import { attachment, sendStream } from '../transport/send-stream.ts'

/** Summaries and details of versions that the management API lacks, and the download of several as one zip. */
export function mountVersionDetails(api: Api): void {
  const { context } = api
  const { registry } = context
  const { read } = registry.database

  route(api, versionDetailEndpoints.list, ({ params, query, namespace }) =>
    pageOfVersions(context, namespace, params, query),
  )

  route(api, versionDetailEndpoints.listSummaries, async ({ params, query, namespace }) => {
    const chart = await chartOf(context, namespace, params.chart)
    return { items: (await findVersions(read, chart.id, query.version)).map(toSummary) }
  })

  route(api, versionDetailEndpoints.get, async ({ params, namespace }) => {
    const { version } = params
    const chart = await chartOf(context, namespace, params.chart)
    const named = version === 'latest' ? await findLatestStable(read, chart.id) : version
    const record = await (named === undefined ? findLatestVersion(read, chart.id) : findVersion(read, chart.id, named))
    if (!record) throw new RegistryError('version-missing', { chart: chart.name, version })
    return toDetails(record)
  })

  route(api, versionDetailEndpoints.downloadMany, async ({ call, params, query, http, namespace }) => {
    const { name } = await chartOf(context, namespace, params.chart)
    const { length, stream } = await zipVersions(registry, call, {
      namespace: namespace.name,
      chart: name,
      versions: query.version,
    })
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

function toSummary(record: VersionFile): VersionSummary {
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
    ...toSummary(record),
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
    digest: hexOfDigest(record.digest),
    created: record.created_at,
  }
}
