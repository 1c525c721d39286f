import * as z from 'zod/mini'
import { pageNo, pageOf, pageSize } from '../ccr/paging.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** An OCI manifest that is not a chart. */
export const Artifact = z.object({
  namespace: z.string(),
  /** Name of the repository below the namespace. */
  name: z.string(),
  /** `sha256:…` of the manifest. */
  digest: z.string(),
  /** The first {@link TAGS_SHOWN} tags by name. */
  tags: z.array(z.string()),
  totalTags: z.number(),
  /** Artifact type, else media type of the config, else media type of the manifest. */
  type: z.string(),
  /** Size of the manifest and everything it refers to, in bytes. */
  size: z.number(),
  /** Number of referrers, such as signatures and SBOMs. */
  referrers: z.number(),
  pushedBy: z.string(),
  created: z.string(),
})
export type Artifact = z.infer<typeof Artifact>

/** Maximum number of tags of an artifact in a list. */
export const TAGS_SHOWN = 20

const path = '/console/instances/:instanceId/artifacts'
const params = z.object({ instanceId: z.string() })
/** OCI references of a version. */
export const VersionReferences = z.object({
  version: z.string(),
  /** `sha256:…` of its manifest; null if OCI cannot express its name. */
  manifestDigest: z.nullable(z.string()),
  /** The first {@link TAGS_SHOWN} tags of that manifest by name, including its own. */
  tags: z.array(z.string()),
})
export type VersionReferences = z.infer<typeof VersionReferences>

/** One query value, or several of the same key. */
const versions = z.pipe(
  z.union([z.string(), z.array(z.string())], 'required'),
  z.transform((value) => (Array.isArray(value) ? value : [value])),
)

export const artifactEndpoints = {
  /**
   * Lists manifests that are not charts, by repository (`namespace/name`, which the parameter `repository` searches), newest
   * first. Excludes manifests that are only part of another one or only refer to it.
   */
  list: endpoint({
    method: 'GET',
    path,
    needs: 'read',
    about: 'instance',
    params,
    query: z.object({ pageNo, pageSize, repository: z.optional(z.string()) }),
    body: 'none',
    response: z.object({ ...pageOf, items: z.array(Artifact) }),
  }),

  /**
   * Deletes artifacts, all or none, with their tags and with manifests that are only part of them or only refer to them.
   * Artifacts that no longer exist or now belong to a chart are skipped.
   */
  deleteMany: endpoint({
    method: 'DELETE',
    path,
    needs: 'delete',
    about: { namespacesIn: ({ items }) => items.map(({ namespace }) => namespace) },
    action: 'manifest.delete',
    params,
    query: nothing,
    body: z.object({
      items: z
        .array(z.object({ namespace: z.string(), name: z.string(), digest: z.string() }))
        .check(z.minLength(1, 'required'), z.maxLength(1000, 'at-most-1000')),
    }),
    response: 'empty',
  }),

  /** Returns the OCI references of the given versions; versions that do not exist are left out. */
  listVersionReferences: endpoint({
    method: 'GET',
    path: '/console/instances/:instanceId/namespaces/:namespace/charts/:chart/references',
    needs: 'read',
    about: 'namespace',
    params: z.object({ instanceId: z.string(), namespace: z.string(), chart: z.string() }),
    query: z.object({ version: versions.check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')) }),
    body: 'none',
    response: z.object({ items: z.array(VersionReferences) }),
  }),
}
