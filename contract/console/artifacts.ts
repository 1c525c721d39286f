import * as z from 'zod/mini'
import { pageNo, pageOf, pageSize } from '../ccr/paging.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** A manifest of a repository that holds no chart. */
export const Artifact = z.object({
  namespace: z.string(),
  /** Name of the repository below the namespace. */
  name: z.string(),
  /** `sha256:…` of the manifest. */
  digest: z.string(),
  /** In order of names; the first {@link TAGS_SHOWN} of them. */
  tags: z.array(z.string()),
  totalTags: z.number(),
  /** What it says that it is: its artifact type, else the type of its config, else its own media type. */
  type: z.string(),
  /** Bytes of the manifest and of all that it is made of. */
  size: z.number(),
  /** How many manifests are about it: signatures, lists of what is in it. */
  referrers: z.number(),
  pushedBy: z.string(),
  created: z.string(),
})
export type Artifact = z.infer<typeof Artifact>

/** Tags of one artifact that a list names. */
export const TAGS_SHOWN = 20

const path = '/console/instances/:instanceId/artifacts'
const params = z.object({ instanceId: z.string() })

/**
 * Manifests of repositories that hold no chart, by repository (`namespace/name`, also what `repository` is looked for
 * in), newest first. What is only part of another one, or only about it, is not listed beside it.
 */
export const listArtifacts = endpoint({
  method: 'GET',
  path,
  needs: 'read',
  params,
  query: z.object({ pageNo, pageSize, repository: z.optional(z.string()) }),
  body: 'none',
  response: z.object({ ...pageOf, items: z.array(Artifact) }),
})

/**
 * Deletes artifacts, all or none, with their tags, and with what is only part of them or only about them. What is
 * already gone, or has become a chart's, is left as it is.
 */
export const deleteArtifacts = endpoint({
  method: 'DELETE',
  path,
  // Each of the namespaces must allow it: the handler asks.
  needs: 'read',
  action: 'manifest.delete',
  params,
  query: nothing,
  body: z.object({
    items: z
      .array(z.object({ namespace: z.string(), name: z.string(), digest: z.string() }))
      .check(z.minLength(1, 'required'), z.maxLength(1000, 'at-most-1000')),
  }),
  response: 'empty',
})

/** What OCI clients call a version that is already on screen. */
export const VersionReferences = z.object({
  version: z.string(),
  /** `sha256:…` of its manifest; null where OCI cannot express its name. */
  manifestDigest: z.nullable(z.string()),
  /** Tags on that manifest in order of names, its own among them; the first {@link TAGS_SHOWN} of them. */
  tags: z.array(z.string()),
})
export type VersionReferences = z.infer<typeof VersionReferences>

/** One query value, or several of the same key. */
const versions = z.pipe(
  z.union([z.string(), z.array(z.string())], 'required'),
  z.transform((value) => (Array.isArray(value) ? value : [value])),
)

/** References of the named versions; versions that are gone are left out. */
export const listVersionReferences = endpoint({
  method: 'GET',
  path: '/console/instances/:instanceId/namespaces/:projectName/charts/:chartName/references',
  needs: 'read',
  params: z.object({ instanceId: z.string(), projectName: z.string(), chartName: z.string() }),
  query: z.object({ version: versions.check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')) }),
  body: 'none',
  response: z.object({ items: z.array(VersionReferences) }),
})
