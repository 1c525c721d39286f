import * as z from 'zod/mini'
import { listVersions } from '../ccr/charts.ts'
import { PROTOCOLS } from '../domain/protocols.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** What the dictated API does not say of a version that is already on screen. */
export const VersionSummary = z.object({
  version: z.string(),
  /** Bytes of the archive. */
  size: z.number(),
  /** Whether a provenance file that belongs to this archive is kept with it. */
  signed: z.boolean(),
  prerelease: z.boolean(),
  pushedBy: z.string(),
  protocol: z.enum(PROTOCOLS),
})
export type VersionSummary = z.infer<typeof VersionSummary>

export const Maintainer = z.object({ name: z.string(), email: z.string(), url: z.string() })
export const Dependency = z.object({
  name: z.string(),
  version: z.string(),
  repository: z.string(),
  alias: z.string(),
  condition: z.string(),
})

/** Everything that Chart.yaml says of one version, and what was recorded when it came. */
export const VersionDetails = z.extend(VersionSummary, {
  name: z.string(),
  apiVersion: z.string(),
  appVersion: z.string(),
  kubeVersion: z.string(),
  type: z.string(),
  description: z.string(),
  home: z.string(),
  icon: z.string(),
  deprecated: z.boolean(),
  sources: z.array(z.string()),
  keywords: z.array(z.string()),
  maintainers: z.array(Maintainer),
  dependencies: z.array(Dependency),
  annotations: z.record(z.string(), z.string()),
  digest: z.string(),
  created: z.string(),
})
export type VersionDetails = z.infer<typeof VersionDetails>

const path = '/console/instances/:instanceId/namespaces/:projectName/charts/:chartName'
const params = z.object({ instanceId: z.string(), projectName: z.string(), chartName: z.string() })

/** One query value, or several of the same key. */
const versions = z.pipe(
  z.union([z.string(), z.array(z.string())], 'required'),
  z.transform((value) => (Array.isArray(value) ? value : [value])),
)
const chosen = z.object({ version: versions.check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')) })

/**
 * What `listVersions` of the management API answers, also for a chart called `download`, whose address there is that
 * of a file.
 */
export const listChartVersions = endpoint({
  method: 'GET',
  path: `${path}/versions`,
  needs: 'read',
  params,
  query: listVersions.query,
  body: 'none',
  response: listVersions.response,
})

/** Facts of the named versions; versions that are gone are left out. */
export const listVersionSummaries = endpoint({
  method: 'GET',
  path: `${path}/summaries`,
  needs: 'read',
  params,
  query: chosen,
  body: 'none',
  response: z.object({ items: z.array(VersionSummary) }),
})

/** `chartVersion` may be `latest`: the highest stable version, or of a chart without one the highest pre-release. */
export const getVersionDetails = endpoint({
  method: 'GET',
  path: `${path}/versions/:chartVersion`,
  needs: 'read',
  params: z.extend(params, { chartVersion: z.string() }),
  query: nothing,
  body: 'none',
  response: VersionDetails,
})

/**
 * The named versions as one zip, uncompressed and of exactly the announced length: each archive, its provenance
 * file, and a `SHA256SUMS` over them all. 404 that names the first version that is not there.
 */
export const downloadVersions = endpoint({
  method: 'GET',
  path: `${path}/zip`,
  needs: 'read',
  params,
  query: chosen,
  body: 'none',
  response: 'stream',
})
