import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeProvenance } from '../../chart/testing/make-provenance.ts'
import { GRANT_ROLES, type Grant } from '../../contract/domain/roles.ts'
import { ociClient } from './oci/testing/oci-client.ts'
import { openTestApp, type TestApp } from './testing/open-test-app.ts'

/** Statistics and totals contain only what the caller may read. */

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  for (const name of ['team', 'other', 'secret']) await server.namespace(name)
  await server.publish('team', { name: 'nginx', version: '1.0.0' }, makeProvenance)
  // OCI cannot express this name, so it has no manifest.
  await server.publish('team', { name: 'NGINX', version: '1.0.0' })
  await server.publish('other', { name: 'nginx', version: '1.0.0' })
  await server.publish('secret', { name: 'redis', version: '1.0.0', files: { large: new Uint8Array(100_000) } })
  for (const name of ['team', 'secret']) await pushArtifact(name, 'app')
})
afterEach(() => server.close())

async function pushArtifact(namespace: string, name: string): Promise<void> {
  const oci = ociClient(server)
  const config = await oci.pushBlob(`${namespace}/${name}`, `{"of": "${namespace}/${name}"}`)
  await oci.putManifest(`${namespace}/${name}`, 'v1', { schemaVersion: 2, config, layers: [] })
}

type Ask = TestApp['ask']

const json = async (ask: Ask, path: string) => (await ask('GET', path)).json()

/** All counts: statistics of the instance, and totals of its lists. */
async function countsFor(ask: Ask) {
  const instance = `/v1/instances/${server.instance}`
  const ofConsole = `/console/instances/${server.instance}`
  return {
    statistic: (await json(ask, instance)).statistic,
    instances: (await json(ask, '/v1/instances')).total,
    namespaces: (await json(ask, `${instance}/projects`)).total,
    charts: (await json(ask, `${ofConsole}/charts`)).total,
    found: (await json(ask, `${ofConsole}/charts?chartName=e`)).total,
    artifacts: (await json(ask, `${ofConsole}/artifacts`)).total,
  }
}

/** Bytes that these namespaces use, by the blobs that their archives and manifests refer to. */
async function storageOf(...names: string[]): Promise<number> {
  const { read } = server.registry.database
  const archives = await read
    .selectFrom('versions as v')
    .innerJoin('archives as a', 'a.id', 'v.archive_id')
    .innerJoin('namespaces as n', 'n.id', 'v.namespace_id')
    .select(['a.digest', 'a.provenance_digest'])
    .where('n.name', 'in', names)
    .execute()
  const parts = await read
    .selectFrom('repositories as r')
    .innerJoin('namespaces as n', 'n.id', 'r.namespace_id')
    .innerJoin('manifests as m', 'm.repository_id', 'r.id')
    .innerJoin('manifest_blobs as p', 'p.manifest_id', 'm.id')
    .select('p.digest')
    .where('n.name', 'in', names)
    .execute()
  const digests = new Set([
    ...archives.flatMap(({ digest, provenance_digest }) => [digest, ...(provenance_digest ? [provenance_digest] : [])]),
    ...parts.map(({ digest }) => digest),
  ])
  const blobs = await read
    .selectFrom('blobs')
    .select('size')
    .where('digest', 'in', [...digests])
    .execute()
  return blobs.reduce((sum, { size }) => sum + size, 0)
}

const member = (...given: Omit<Grant, 'instanceId'>[]) =>
  server.member(
    'ann',
    given.map((grant) => ({ instanceId: server.instance, ...grant })),
  )

const whole = async () => ({
  statistic: { namespace: 3, chart: 4, repo: 2, vpc: 0, storage: await storageOf('team', 'other', 'secret') },
  instances: 1,
  namespaces: 3,
  charts: 4,
  found: 1,
  artifacts: 2,
})

describe.each(GRANT_ROLES)('%s', (role) => {
  test('of one namespace: its contents', async () => {
    const ask = await member({ namespace: 'team', role })
    const counts = {
      statistic: { namespace: 1, chart: 2, repo: 1, vpc: 0, storage: await storageOf('team') },
      instances: 1,
      namespaces: 1,
      charts: 2,
      found: 0,
      artifacts: 1,
    }
    expect(await countsFor(ask)).toEqual(counts)
    await server.namespace('another')
    await server.publish('secret', { name: 'new', version: '1.0.0' })
    await pushArtifact('secret', 'new')
    expect(await countsFor(ask)).toEqual(counts)
  })

  test('of two namespaces: their contents, each blob once', async () => {
    const ask = await member({ namespace: 'team', role }, { namespace: 'other', role: 'guest' })
    const { statistic } = await countsFor(ask)
    const storage = await storageOf('team', 'other')
    expect(statistic).toEqual({ namespace: 2, chart: 3, repo: 1, vpc: 0, storage })
    expect(storage).toBeLessThan((await storageOf('team')) + (await storageOf('other')))
  })

  test('of the instance: everything', async () => {
    expect(await countsFor(await member({ namespace: null, role }))).toEqual(await whole())
  })

  test('of a namespace that does not exist: nothing', async () => {
    const { statistic } = await countsFor(await member({ namespace: 'gone', role }))
    expect(statistic).toEqual({ namespace: 0, chart: 0, repo: 0, vpc: 0, storage: 0 })
  })
})

test('administrator of the registry: everything', async () => {
  expect(await countsFor(server.ask)).toEqual(await whole())
})

test('deleted blobs are not counted, even if another namespace has the same bytes', async () => {
  const ask = await member({ namespace: 'team', role: 'guest' })
  for (const chart of ['nginx', 'NGINX']) {
    await server.ask('DELETE', `/v1/instances/${server.instance}/projects/team/charts/${chart}`)
  }
  const { statistic } = await countsFor(ask)
  expect(statistic).toMatchObject({ namespace: 1, chart: 0, storage: await storageOf('team') })
  expect(statistic.storage).toBeLessThan(100)
})
