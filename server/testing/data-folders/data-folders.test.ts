import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { unpackTar } from 'modern-tar/fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { sign } from '../../http/management/bce-auth/testing/sign-request.ts'
import { type StartedServer, type TestServers, testServers } from '../start-server.ts'
import type { DataFolderFacts } from './facts.ts'
import { countEvents } from './fill-registry.ts'
import { HttpClient, type HttpResponse, type Login, sha256 } from './http-client.ts'

const HERE = import.meta.dirname
const FOLDERS = (await readdir(HERE, { withFileTypes: true })).filter((entry) => entry.isDirectory())

/** Returns the digest of a response body, `sha256:…`, and checks that its digest header is the same. */
function digestOf({ body, headers }: HttpResponse): string {
  const digest = `sha256:${sha256(body)}`
  const label = String(headers['docker-content-digest'] ?? digest)
  if (label.startsWith('sha256:')) expect(label).toBe(digest)
  return digest
}

describe.each(FOLDERS.map(({ name }) => name))('a data folder of %s', (name) => {
  let facts: DataFolderFacts
  let servers: TestServers
  let server: StartedServer
  let anonymous: HttpClient
  let login: Login
  let admin: HttpClient

  // Disables pruning of the audit log, because the fixture gets older.
  const start = async () => {
    server = await servers.start({ CHARTROOM_AUDIT_DAYS: '0' })
    expect(server.url, server.printed).not.toBe('')
    anonymous = new HttpClient(server.url)
    admin = (await anonymous.signIn(login)).client
  }

  beforeAll(async () => {
    facts = JSON.parse(await readFile(join(HERE, name, 'facts.json'), 'utf8'))
    servers = await testServers()
    await mkdir(servers.data)
    await pipeline(createReadStream(join(HERE, name, 'data.tar.gz')), createGunzip(), unpackTar(servers.data))
    login = facts.accounts.find((account) => account.name === 'admin') as Login // the first start makes it
    await start()
  })
  afterAll(() => servers?.[Symbol.asyncDispose]())

  const project = (at: { instance: string; namespace: string }) =>
    `/v1/instances/${at.instance}/projects/${at.namespace}`

  test('signs in its accounts, with their roles, grants and preferences', async () => {
    const { items } = (await admin.ok('GET', '/console/accounts?pageSize=100')).json()
    expect(items).toHaveLength(facts.accounts.length)
    for (const { name: account, password, role, disabled, grants, language, theme } of facts.accounts) {
      expect(items).toContainEqual(expect.objectContaining({ name: account, role, disabled }))
      if (disabled) {
        const body = { account, password }
        expect((await anonymous.send('POST', '/console/session', { body })).status, account).toBe(401)
        continue
      }
      const session = (await anonymous.signIn({ name: account, password })).response.json()
      expect(session.account).toMatchObject({ name: account, role })
      expect(session.grants, account).toHaveLength(grants.length)
      expect(session.grants, account).toEqual(expect.arrayContaining([...grants]))
      expect(session.preferences, account).toMatchObject({ language, theme })
    }
  })

  test('lists its instances and their custom domains', async () => {
    const { instances } = (await admin.ok('GET', '/v1/instances?pageSize=100')).json()
    expect(instances).toHaveLength(facts.instances.length)
    for (const { id, name: instance, type, tags, domains, usableDomain } of facts.instances) {
      expect(instances).toContainEqual(expect.objectContaining({ id, name: instance, instanceType: type, tags }))
      const listed = JSON.stringify((await admin.ok('GET', `/console/instances/${id}/domains`)).json())
      // Also lists domains that later rules forbid.
      for (const domain of domains) expect(listed).toContain(JSON.stringify(domain))
      if (!usableDomain) continue
      const published = facts.versions.find((version) => version.instance === id)
      const path = `/chartrepo/${published?.namespace}/charts/${published?.chart}-${published?.version}.tgz`
      const headers = { Host: usableDomain }
      expect(sha256((await anonymous.ok('GET', path, { as: login, headers })).body)).toBe(published?.digest)
    }
  })

  test('lists its namespaces, charts and versions', async () => {
    for (const { id } of facts.instances) {
      const { projects } = (await admin.ok('GET', `/v1/instances/${id}/projects?pageSize=100`)).json()
      const namespaces = facts.namespaces.filter(({ instance }) => instance === id)
      expect(projects).toHaveLength(namespaces.length)
      for (const { name: namespace, public: isPublic, immutable } of namespaces) {
        const at = { instance: id, namespace }
        const versions = facts.versions.filter((version) => version.instance === id && version.namespace === namespace)
        const byChart = Map.groupBy(versions, ({ chart }) => chart)
        const row = { projectName: namespace, public: String(isPublic), chartCount: byChart.size }
        expect(projects).toContainEqual(expect.objectContaining(row))
        const policy = await admin.ok('GET', `/console/instances/${id}/namespaces/${namespace}/policy`)
        expect(policy.json(), namespace).toMatchObject({ immutable })
        const { items } = (await admin.ok('GET', `${project(at)}/charts?pageSize=100`)).json()
        const counts = Array.from(byChart, ([chart, { length }]) => ({ name: chart, totalVersions: length }))
        expect(items).toHaveLength(counts.length)
        for (const count of counts) expect(items).toContainEqual(expect.objectContaining(count))
        for (const [chart, of] of byChart) {
          const listed = (await admin.ok('GET', `${project(at)}/charts/${chart}/versions?pageSize=100`)).json().items
          const digests = listed.map((item: { version: string; digest: string }) => [item.version, item.digest])
          expect(Object.fromEntries(digests)).toEqual(Object.fromEntries(of.map((v) => [v.version, v.digest])))
        }
      }
    }
  })

  test('serves every archive and provenance file, with the digest in the index', async () => {
    for (const { instance, namespace, chart, version, digest, provenance } of facts.versions) {
      const file = `${chart}-${version}.tgz`
      const download = await admin.ok('GET', `${project({ instance, namespace })}/charts/download/${file}`)
      expect(sha256(download.body), file).toBe(digest)
      const classic = `/${instance}/chartrepo/${namespace}`
      expect(sha256((await anonymous.ok('GET', `${classic}/charts/${file}`, { as: login })).body), file).toBe(digest)
      const signature = await anonymous.send('GET', `${classic}/charts/${file}.prov`, { as: login })
      expect(signature.status === 404 ? null : sha256(signature.body), file).toBe(provenance)
      const { entries } = (await anonymous.ok('GET', `${classic}/index.yaml`, { as: login })).json()
      expect(entries[chart], file).toContainEqual(expect.objectContaining({ version, digest }))
    }
  })

  test('serves every manifest over OCI, with its blobs, tags and referrers', async () => {
    for (const { instance, repository, reference, digest, mediaType } of facts.manifests) {
      const at = `/v2/${instance}/${repository}`
      const headers = { Accept: mediaType }
      const pulled = await anonymous.ok('GET', `${at}/manifests/${reference}`, { as: login, headers })
      expect(pulled.headers['content-type'], reference).toBe(mediaType)
      if (digest.startsWith('sha256:')) expect(digestOf(pulled), reference).toBe(digest)
      else expect(pulled.headers['docker-content-digest']).toBe(digest)
      const { config, layers = [] } = pulled.json()
      for (const blob of config ? [config, ...layers] : layers) {
        const received = await anonymous.ok('GET', `${at}/blobs/${blob.digest}`, { as: login })
        expect(digestOf(received), reference).toBe(blob.digest)
      }
    }
    for (const { instance, repository, tags } of facts.tags) {
      const listed = await anonymous.ok('GET', `/v2/${instance}/${repository}/tags/list`, { as: login })
      expect(listed.json().tags).toEqual(tags)
    }
    for (const { instance, repository, subject, digests } of facts.referrers) {
      const path = `/v2/${instance}/${repository}/referrers/${subject}`
      const { manifests } = (await anonymous.ok('GET', path, { as: login })).json()
      expect(manifests.map((manifest: { digest: string }) => manifest.digest).sort()).toEqual(digests)
    }
  })

  test('serves versions over OCI, where their names allow it', async () => {
    const published = facts.versions.filter(({ chart }) => chart === chart.toLowerCase())
    expect(published).not.toEqual([])
    for (const { instance, namespace, chart, version, digest } of published) {
      const path = `/v2/${instance}/${namespace}/${chart}/manifests/${version.replace('+', '_')}`
      const { layers } = (await anonymous.ok('GET', path, { as: login })).json()
      expect(layers.map((layer: { digest: string }) => layer.digest)).toContain(`sha256:${digest}`)
    }
  })

  test('accepts the credentials of its robots and the passwords of its instances', async () => {
    const index = (instance: string, namespace: string) => `/${instance}/chartrepo/${namespace}/index.yaml`
    for (const { instance, name: robot, secret, disabled, reads } of facts.robots) {
      const { robots } = (await admin.ok('GET', `/v1/instances/${instance}/robots?pageSize=100`)).json()
      expect(robots).toContainEqual(expect.objectContaining({ name: robot, disable: disabled }))
      if (reads === null) continue
      const as = { name: robot, password: secret }
      const { status } = await anonymous.send('GET', index(instance, reads), { as })
      expect(status, robot).toBe(disabled ? 401 : 200)
      const token = await anonymous.send('GET', `/service/token?scope=repository:${instance}/${reads}/x:pull`, { as })
      expect(token.status, robot).toBe(disabled ? 401 : 200)
    }
    for (const { instance, name: account, password } of facts.instancePasswords) {
      const as = { name: account, password }
      expect((await anonymous.send('GET', index(instance, 'team'), { as })).status).toBe(200)
    }
  })

  test('accepts requests that its access keys sign', async () => {
    for (const { account, id, secret, disabled } of facts.accessKeys) {
      const path = '/v1/instances'
      const headers = { host: new URL(server.url).host }
      const at = new Date().toISOString().replace(/\.\d+/, '')
      const authorization = sign({ id, secret }, { method: 'GET', path, headers, at })
      const { status } = await anonymous.send('GET', path, { headers: { ...headers, Authorization: authorization } })
      expect(status === 200, account).toBe(!disabled)
    }
  })

  test('keeps its audit log', async () => {
    // Migration 009 renames the outcome “refused” to “denied”.
    const expected = Object.entries(facts.audit).map(([event, count]) => [event.replace(/ refused$/, ' denied'), count])
    expect(await countEvents(admin, facts.until)).toEqual(Object.fromEntries(expected))
  })

  // Last, because it changes the data that the other tests check.
  test('accepts new versions and deletions, and starts again with them', async () => {
    const mutable = facts.namespaces.filter(({ immutable }) => !immutable)
    const upload = async (at: { instance: string; namespace: string }, version: string) => {
      const chart = await makeChart({ name: 'web', version, metadata: { description: 'Later.' } })
      const form = new FormData()
      form.append('chart', new Blob([chart.bytes as Uint8Array<ArrayBuffer>]), chart.fileName) // made on no shared memory
      return (await admin.send('POST', `${project(at)}/charts`, { body: form })).status
    }
    for (const { instance, name: namespace } of mutable) {
      expect(await upload({ instance, namespace }, '9.0.0'), namespace).toBe(200)
      expect(await upload({ instance, namespace }, '9.1.0'), namespace).toBe(200)
      await admin.ok('DELETE', `${project({ instance, namespace })}/charts/web/versions/9.0.0`)
    }
    for (const { instance, namespace, chart, version } of facts.versions) {
      const policy = facts.namespaces.find((row) => row.instance === instance && row.name === namespace)
      const { status } = await admin.send(
        'DELETE',
        `${project({ instance, namespace })}/charts/${chart}/versions/${version}`,
      )
      expect(status, `${namespace}/${chart} ${version}`).toBe(policy?.immutable ? 409 : 200)
    }
    expect(await server.stop()).toBe(0)
    await start()
    for (const { instance, name: namespace } of mutable) {
      const { items } = (await admin.ok('GET', `${project({ instance, namespace })}/charts`)).json()
      expect(items.map((item: { name: string; totalVersions: number }) => [item.name, item.totalVersions])).toEqual([
        ['web', 1],
      ])
    }
  })
})
