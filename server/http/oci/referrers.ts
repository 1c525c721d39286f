import type { RepositoryRow } from '../../db/schema.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { type AnyDigest, parseDigest } from '../../registry/oci/any-digest.ts'
import { namesOfDigest, resolveDigest } from '../../registry/oci/digest-queries.ts'
import { findTagged, listReferrers, type Referrer } from '../../registry/oci/manifest-queries.ts'
import { IMAGE_INDEX } from '../../registry/oci/read-manifest.ts'
import { findRepository } from '../../registry/oci/repository-queries.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { route } from '../route.ts'
import { referrerEndpoints } from './endpoints.ts'
import { parseRepository } from './repository-address.ts'

/** Bounds of a page. */
const PAGE = {
  limit: 500,
  bytes: 3 * 1024 * 1024,
  contentBytes: 64 * 1024 * 1024,
  /** Longer annotations are left out, as the distribution-spec allows: clients find them in the manifest. */
  longestAnnotations: 32 * 1024,
}
/** Maximum size of an index in the fallback tag, in bytes. */
const LONGEST_TAGGED = 1024 * 1024

/** Descriptor of a referrer. */
interface Entry {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly artifactType?: string | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

/** Lists the referrers of a manifest, such as signatures and SBOMs. The manifest itself need not exist. */
export function mountReferrers(api: Api): void {
  const { context } = api
  const { read } = context.registry.database

  route(api, referrerEndpoints.list, async ({ http, namespace, params }) => {
    const digest = parseDigest(params.digest)
    if (!digest) throw new RegistryError('digest-invalid', { digest: params.digest })
    const { last = '' } = http.req.query()
    // Media types have no space: it comes from a `+` that the client did not encode.
    const artifactType = http.req.query('artifactType')?.replaceAll(' ', '+')
    const repository = await findRepository(read, namespace.id, parseRepository(params.name).name)
    const filters = { digest, artifactType, after: last }
    const found = repository && (await listEntries(context, repository, filters))
    const { entries, isLast } = found ?? { entries: [], isLast: true }
    const page = entries.slice(0, countThatFit(entries))
    if (page.length < entries.length || !isLast) {
      const next = new URLSearchParams({ last: page.at(-1)?.digest ?? '', ...(artifactType && { artifactType }) })
      http.header('Link', `</v2/${params.name}/referrers/${digest}?${next}>; rel="next"`)
    }
    if (artifactType !== undefined) http.header('OCI-Filters-Applied', 'artifactType')
    http.header('Content-Type', IMAGE_INDEX)
    http.header('Cache-Control', 'no-store')
    return http.body(JSON.stringify({ schemaVersion: 2, mediaType: IMAGE_INDEX, manifests: page }))
  })

  /** Returns up to a page of referrers with digests after `after`, sorted by digest. */
  async function listEntries(
    { registry }: Context,
    repository: RepositoryRow,
    { digest, artifactType, after }: { digest: AnyDigest; artifactType: string | undefined; after: string },
  ): Promise<{ entries: Entry[]; isLast: boolean }> {
    const db = registry.database.read
    const kept = await resolveDigest(db, digest)
    const subjects = kept ? await namesOfDigest(db, kept) : [digest]
    const { rows, isLast } = await listReferrers(db, repository.id, { ...PAGE, subjects, artifactType, after })
    // Entries after the last row of this page belong to the next one.
    const end = isLast ? undefined : rows.at(-1)?.digest
    const tagged = (await listTagged(context, repository, digest)).filter(
      (entry) =>
        entry.digest > after &&
        (end === undefined || entry.digest <= end) &&
        (artifactType === undefined || entry.artifactType === artifactType),
    )
    const entries = new Map([...tagged, ...rows.map(toEntry)].map((entry) => [entry.digest, entry]))
    const sorted = [...entries.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1))
    return { entries: sorted.slice(0, PAGE.limit), isLast: isLast && sorted.length <= PAGE.limit }
  }
}

/**
 * Returns the referrers in the fallback tag, which clients maintain for registries without this endpoint. Ignores a very
 * large index, which clients can still pull by its tag.
 */
async function listTagged({ registry }: Context, repository: RepositoryRow, digest: AnyDigest): Promise<Entry[]> {
  const inRepository = { namespaceId: repository.namespace_id, name: repository.name }
  const row = await findTagged(registry.database.read, inRepository, digest.replace(':', '-').slice(0, 128))
  if (row?.media_type !== IMAGE_INDEX || row.size > LONGEST_TAGGED) return []
  const { manifests } = JSON.parse(row.content) as { manifests: Entry[] } // validated as an index when it was pushed
  return manifests.map(({ annotations, ...entry }) =>
    annotations && Buffer.byteLength(JSON.stringify(annotations)) <= PAGE.longestAnnotations
      ? { ...entry, annotations }
      : entry,
  )
}

function toEntry(row: Referrer): Entry {
  const annotations = JSON.parse(row.annotations_json ?? '{}')
  return {
    mediaType: row.media_type,
    digest: row.digest,
    size: row.size,
    artifactType: row.artifact_type ?? row.config_media_type ?? undefined,
    annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
  }
}

/** Returns the number of entries that fit into a page, at least one. */
function countThatFit(entries: readonly Entry[]): number {
  let size = 0
  const end = entries.findIndex((entry, index) => {
    size += Buffer.byteLength(JSON.stringify(entry))
    return size > PAGE.bytes && index > 0
  })
  return end < 0 ? entries.length : end
}
