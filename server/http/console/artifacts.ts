import { type Artifact, artifactEndpoints, TAGS_SHOWN } from '../../../contract/console/artifacts.ts'
import { findVersions } from '../../registry/charts/version-queries.ts'
import { namespacesToRead } from '../../registry/core/permissions.ts'
import { deleteArtifacts } from '../../registry/deletion/delete-artifacts.ts'
import { type ArtifactRecord, listArtifacts } from '../../registry/oci/artifact-queries.ts'
import { findDigests, listTagsOfManifests } from '../../registry/oci/manifest-queries.ts'
import type { Api } from '../api.ts'
import { chartOf } from '../management/versions.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** OCI artifacts that are not charts, and the OCI references of charts. */
export function mountArtifacts(api: Api): void {
  const { context } = api
  const { registry } = context
  const { read } = registry.database

  route(api, artifactEndpoints.list, async ({ call, query, instance: { id: instanceId } }) => {
    const readable = namespacesToRead(call.caller, instanceId)
    const filters = { instanceId, readable, ...pageRequest(query), query: query.repository, tags: TAGS_SHOWN }
    const { total, rows } = await listArtifacts(read, filters)
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toArtifact) }
  })

  route(api, artifactEndpoints.deleteMany, async ({ call, body }) => {
    await deleteArtifacts(registry, call, body.items)
    return undefined
  })

  route(api, artifactEndpoints.listVersionReferences, async ({ params, query, namespace }) => {
    const chart = await chartOf(context, namespace, params.chart)
    const versions = await findVersions(read, chart.id, query.version)
    const ids = versions.flatMap(({ manifest_id }) => manifest_id ?? [])
    const digests = await findDigests(read, ids)
    const tags = await listTagsOfManifests(read, ids, TAGS_SHOWN)
    return {
      items: versions.map(({ version, manifest_id }) => ({
        version,
        manifestDigest: digests.get(manifest_id ?? '') ?? null,
        tags: tags.get(manifest_id ?? '')?.names ?? [],
      })),
    }
  })
}

function toArtifact(record: ArtifactRecord): Artifact {
  const { namespace, name, digest, tags, totalTags, size, referrers } = record
  return {
    namespace,
    name,
    digest,
    tags: [...tags],
    totalTags,
    type: record.artifact_type ?? record.config_media_type ?? record.media_type,
    size,
    referrers,
    pushedBy: record.pushed_by,
    created: record.created_at,
  }
}
