import * as z from 'zod/mini'
import { listVersions } from '../ccr/charts.ts'
import { PROTOCOLS } from '../domain/protocols.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Fields of a version that the management API lacks. */
export const VersionSummary = z.object({
  version: z.string(),
  /** Size of the archive, in bytes. */
  size: z.number(),
  /** Whether a matching provenance file is stored. */
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

/** All of a version's Chart.yaml, with the facts recorded when it was published. */
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
 * Same as `listVersions` of the management API, but also works for a chart named `download`, whose path there is that of
 * a file.
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

/** Returns summaries of the given versions, without those that do not exist. */
export const listVersionSummaries = endpoint({
  method: 'GET',
  path: `${path}/summaries`,
  needs: 'read',
  params,
  query: chosen,
  body: 'none',
  response: z.object({ items: z.array(VersionSummary) }),
})

/** `chartVersion` may be `latest`: the highest stable version or, if there is none, the highest pre-release. */
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
 * Downloads the given versions as one zip, uncompressed and with an exact Content-Length: each archive, its provenance
 * file, and a `SHA256SUMS` of them all. 404 names the first version that does not exist.
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
