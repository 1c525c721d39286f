import * as z from 'zod/mini'
import { versionEndpoints } from '../ccr/charts.ts'
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

const path = '/console/instances/:instanceId/namespaces/:namespace/charts/:chart'
const params = z.object({ instanceId: z.string(), namespace: z.string(), chart: z.string() })

/** One query value, or several of the same key. */
const versions = z.pipe(
  z.union([z.string(), z.array(z.string())], 'required'),
  z.transform((value) => (Array.isArray(value) ? value : [value])),
)
const chosen = z.object({ version: versions.check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')) })

export const versionDetailEndpoints = {
  /**
   * As `list` of the management API, but also works for a chart named `download`, whose path there is that of
   * a file.
   */
  list: endpoint({
    method: 'GET',
    path: `${path}/versions`,
    needs: 'read',
    about: 'namespace',
    params,
    query: versionEndpoints.list.query,
    body: 'none',
    response: versionEndpoints.list.response,
  }),

  /** Returns summaries of the given versions, without those that do not exist. */
  listSummaries: endpoint({
    method: 'GET',
    path: `${path}/summaries`,
    needs: 'read',
    about: 'namespace',
    params,
    query: chosen,
    body: 'none',
    response: z.object({ items: z.array(VersionSummary) }),
  }),

  /** `chartVersion` may be `latest`: the highest stable version or, if there is none, the highest pre-release. */
  get: endpoint({
    method: 'GET',
    path: `${path}/versions/:version`,
    needs: 'read',
    about: 'namespace',
    params: z.extend(params, { version: z.string() }),
    query: nothing,
    body: 'none',
    response: VersionDetails,
  }),

  /**
   * Downloads the given versions as one zip, uncompressed and with an exact Content-Length: each archive, its provenance
   * file, and a `SHA256SUMS` of them all. 404 names the first version that does not exist.
   */
  downloadMany: endpoint({
    method: 'GET',
    path: `${path}/zip`,
    needs: 'read',
    about: 'namespace',
    params,
    query: chosen,
    body: 'none',
    response: 'raw',
  }),
}
