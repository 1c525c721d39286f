import { makeChart, type TestChart, type TestChartOptions } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import type { DataFolderFacts, ManifestFacts, VersionFacts } from './facts.ts'
import { HttpClient, type Login, sha256 } from './http-client.ts'
import { putArtifacts } from './put-artifacts.ts'
import { putPeople } from './put-people.ts'

/**
 * Fills the empty registry at `origin` through its APIs with every kind of data that it stores, and returns the facts
 * that a later release must still find. `admin` is the administrator that the first start created.
 */
export async function fillRegistry(origin: string, admin: Login): Promise<Omit<DataFolderFacts, 'commit'>> {
  const { client } = await new HttpClient(origin).signIn(admin)
  const first = (await client.ok('GET', '/v1/instances')).json().instances[0].id
  const tags = [{ tagKey: 'team', tagValue: '平台' }]
  const instance = { name: 'Second instance', type: 'BASIC', tags }
  const second = (await client.ok('POST', '/v1/instances', { body: instance })).json().instanceID
  const domains = ['charts.second.example.org', 'second.example.net']
  await client.ok('PUT', `/console/instances/${second}/domains`, { body: { domains } })

  const namespaces = [
    { instance: first, name: 'team', public: false, immutable: false },
    { instance: first, name: 'open', public: true, immutable: false },
    { instance: first, name: 'fixed', public: false, immutable: true },
    { instance: second, name: 'team', public: true, immutable: false },
  ]
  for (const { instance, name, public: isPublic } of [...namespaces, { ...GONE, instance: first }]) {
    const body = { projectName: name, public: String(isPublic) }
    await client.ok('POST', `/v1/instances/${instance}/projects`, { body })
  }
  await client.ok('DELETE', `/v1/instances/${first}/projects`, { body: { items: [GONE.name] } })

  const charts = await putCharts(client, { first, second, admin })
  const artifacts = await putArtifacts(client, { instance: first, admin })
  const path = `/console/instances/${first}/namespaces/fixed/policy`
  await client.ok('PUT', path, { body: { immutable: true } })
  const people = await putPeople(origin, client, { first, second, admin })

  return {
    instances: [
      { id: first, name: 'default', type: 'ADVANCED', isDefault: true, tags: [], domains: [] },
      { id: second, ...instance, isDefault: false, domains, usableDomain: 'charts.second.example.org' },
    ],
    namespaces,
    versions: charts.versions,
    ...artifacts,
    manifests: [...charts.manifests, ...artifacts.manifests],
    ...people,
    ...(await readAuditLog(client)),
  }
}

const GONE = { name: 'gone', public: false }

/** Publishes charts through each API: overwritten, deleted, signed, large, with unusual names. */
async function putCharts(
  client: HttpClient,
  { first, second, admin }: { first: string; second: string; admin: Login },
) {
  const versions: VersionFacts[] = []
  const manifests: ManifestFacts[] = []
  const note = (instance: string, namespace: string, chart: TestChart, provenance?: string) => {
    const { name, version, sha256: digest } = chart
    const provenanceDigest = provenance === undefined ? null : sha256(provenance)
    versions.push({ instance, namespace, chart: name, version, digest, provenance: provenanceDigest })
  }
  const upload = async (instance: string, namespace: string, chart: TestChart, provenance?: string) => {
    const form = new FormData()
    form.append('chart', fileOf(chart.bytes), chart.fileName)
    if (provenance !== undefined) form.append('prov', new Blob([provenance]), `${chart.fileName}.prov`)
    await client.ok('POST', `/v1/instances/${instance}/projects/${namespace}/charts`, { body: form })
  }
  const publish = async (instance: string, namespace: string, options: TestChartOptions, signed = false) => {
    const chart = await makeChart(options)
    const provenance = signed ? makeProvenance(chart) : undefined
    await upload(instance, namespace, chart, provenance)
    note(instance, namespace, chart, provenance)
  }

  await publish(first, 'team', { name: 'web', version: '1.0.0', metadata: METADATA }, true)
  await upload(first, 'team', await makeChart({ name: 'web', version: '1.1.0' }))
  await publish(first, 'team', { name: 'web', version: '1.1.0', metadata: { description: 'Overwritten.' } })
  await publish(first, 'team', { name: 'web', version: '2.0.0-rc.1+build.5' })
  await publish(first, 'team', { name: 'NotInOci', version: '1.0.0' })
  await publish(first, 'team', { name: 'large', version: '1.0.0', metadata: LARGE })
  await publish(first, 'fixed', { name: 'base', version: '1.0.0' }, true)
  await publish(second, 'team', { name: 'web', version: '1.0.0', metadata: { description: 'Of the second.' } })
  for (const version of ['0.1.0', '0.2.0']) {
    await upload(first, 'team', await makeChart({ name: 'deleted', version }), undefined)
    await upload(first, 'team', await makeChart({ name: 'web', version }), undefined)
  }
  const charts = `/v1/instances/${first}/projects/team/charts`
  await client.ok('DELETE', `${charts}/deleted`)
  await client.ok('DELETE', `${charts}/web/versions`, { body: { items: ['0.1.0', '0.2.0'] } })

  const classic = await makeChart({ name: 'classic', version: '1.0.0' })
  const form = new FormData()
  form.append('chart', fileOf(classic.bytes), classic.fileName)
  await new HttpClient(client.origin).ok('POST', '/api/chartrepo/open/charts', { as: admin, body: form })
  note(first, 'open', classic)

  // The first manifest can be pulled by its digest for as long as the version exists.
  for (const description of ['First.', 'Second.']) {
    const chart = await makeChart({ name: 'pushed', version: '1.0.0+oci', metadata: { description } })
    const provenance = makeProvenance(chart)
    const pushed = await pushOverOci(new HttpClient(client.origin), admin, chart, provenance)
    manifests.push({ instance: first, ...pushed, reference: pushed.digest })
    if (description === 'Second.') {
      manifests.push({ instance: first, ...pushed, reference: '1.0.0_oci' })
      note(first, 'open', chart, provenance)
    }
  }
  return { versions, manifests }
}

/** Pushes a chart to `open/NAME` like helm 3.8 and later. */
async function pushOverOci(client: HttpClient, as: Login, chart: TestChart, provenance: string) {
  const repository = `open/${chart.name}`
  const blob = async (bytes: string | Uint8Array, mediaType: string) => {
    const digest = `sha256:${sha256(bytes)}`
    await client.ok('POST', `/v2/${repository}/blobs/uploads/?digest=${digest}`, { as, body: bytes })
    return { mediaType, digest, size: Buffer.byteLength(bytes) }
  }
  const config = await blob(JSON.stringify({ name: chart.name, version: chart.version }), HELM_CONFIG)
  const layers = [await blob(chart.bytes, HELM_CHART), await blob(provenance, HELM_PROVENANCE)]
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers })
  const path = `/v2/${repository}/manifests/${chart.version.replace('+', '_')}`
  await client.ok('PUT', path, { as, body: manifest, headers: { 'Content-Type': MANIFEST } })
  return { repository, digest: `sha256:${sha256(manifest)}`, mediaType: MANIFEST }
}

/** Counts the events by action and outcome. */
async function readAuditLog(client: HttpClient): Promise<Pick<DataFolderFacts, 'audit' | 'until'>> {
  const until = new Date().toISOString()
  return { audit: await countEvents(client, until), until }
}

/** Counts the events of the audit log before a time, by action and outcome. */
export async function countEvents(client: HttpClient, until: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  let before = ''
  for (;;) {
    const { items, older } = (
      await client.ok('GET', `/console/audit?pageSize=100&to=${until}${before && `&before=${before}`}`)
    ).json()
    for (const { action, outcome } of items) {
      const key = `${action} ${outcome}`
      counts[key] = (counts[key] ?? 0) + 1
    }
    if (older === null) return counts
    before = older
  }
}

function fileOf(bytes: Uint8Array): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]) // made on no shared memory
}

const METADATA = {
  appVersion: '1.10',
  description: 'A web server. 网页服务器。',
  home: 'https://web.example.org',
  keywords: ['web', 'proxy'],
  maintainers: [{ name: 'Ann Lee', email: 'ann@example.org' }],
  dependencies: [{ name: 'common', version: '^2.0.0', repository: 'https://charts.example.org' }],
  deprecated: true,
}
/** Its entry in index.yaml is larger than 64 KiB, the limit since 2026-12. */
const LARGE = {
  description: 'A long description. '.repeat(2000),
  annotations: Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`example.org/${n}`, 'x'.repeat(100)])),
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json'
const HELM_CHART = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'
const HELM_PROVENANCE = 'application/vnd.cncf.helm.chart.provenance.v1.prov'
