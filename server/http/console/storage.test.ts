import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { type StorageReport, storageEndpoints } from '../../../contract/console/storage.ts'
import { pinBlob } from '../../registry/blobs/pin-blob.ts'
import { damageBlob } from '../../testing/damage-blob.ts'
import { filesOf } from '../../testing/look-inside.ts'
import { ociClient } from '../oci/testing/oci-client.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

const nginx = { name: 'nginx', version: '1.0.0' }

async function report(): Promise<StorageReport> {
  const answer = await server.ask('GET', '/console/storage')
  expect(answer.status).toBe(200)
  return storageEndpoints.get.response.parse(await answer.json())
}

/** Starts a garbage collection and waits for its end. */
async function collect(): Promise<StorageReport> {
  expect((await server.ask('POST', '/console/storage/collection')).status).toBe(200)
  for (;;) {
    const state = await report()
    if (!state.collecting) return state
  }
}

const deleteNginx = () => server.ask('DELETE', `/v1/instances/${server.instance}/projects/team/charts/nginx`)

describe('the report', () => {
  test('counts stored and unused blobs', async () => {
    const chart = await makeChart(nginx)
    await server.publish('team', nginx)
    await ociClient(server).pushBlob('team/app', 'never used')
    const { archives, blobs, unused, damaged, check, lastCollection } = await report()
    expect(archives).toEqual({ count: 1, bytes: chart.bytes.length })
    expect(unused).toEqual({ count: 1, bytes: 10 })
    expect(blobs.count).toBe(3)
    expect(blobs.bytes).toBeGreaterThan(chart.bytes.length + 10)
    expect({ damaged, check, lastCollection }).toEqual({
      damaged: { total: 0, items: [] },
      check: { lastFinished: null, progress: null },
      lastCollection: null,
    })
  })

  test('lists damaged blobs with their uses', async () => {
    const { digest } = await server.publish('team', nginx)
    await damageBlob(server, digest, 'altered')
    expect((await server.ask('POST', '/console/jobs/blob-scrub/run')).status).toBe(200)
    await server.context.jobs.runDue()
    const { damaged, check } = await report()
    expect(damaged).toEqual({
      total: 1,
      items: [
        expect.objectContaining({
          digest: `sha256:${digest}`,
          damage: 'altered',
          usedBy: [`${server.instance} team/nginx-1.0.0.tgz`],
        }),
      ],
    })
    expect(check).toEqual({ lastFinished: server.registry.now(), progress: null })
  })

  test('requires the administrator role in the registry', async () => {
    const grants = [{ role: 'administrator', instanceId: server.instance, namespace: null }] as const
    const member = await server.member('ina', grants)
    for (const [method, path] of [
      ['GET', '/console/storage'],
      ['POST', '/console/storage/collection'],
    ] as const) {
      expect((await refusalOf(await member(method, path))).status).toBe(401)
      expect((await server.askAnonymously(method, path)).status).toBe(401)
    }
  })
})

describe('garbage collection on request', () => {
  test('frees what has just been deleted, and is recorded', async () => {
    await server.publish('team', nginx)
    const { bytes } = (await report()).blobs
    await deleteNginx()
    const { blobs, collecting, lastCollection } = await collect()
    expect({ blobs, collecting, lastCollection }).toEqual({
      blobs: { count: 0, bytes: 0 },
      collecting: false,
      lastCollection: { finished: server.registry.now(), freed: { count: 2, bytes }, failed: false },
    })
    expect(await filesOf(server)).toEqual([])
    const events = await server.ask('GET', '/console/audit?action=garbage.collect')
    expect((await events.json()).items).toMatchObject([{ actor: 'admin', action: 'garbage.collect', outcome: 'done' }])
    expect(server.logged).toContainEqual(expect.objectContaining({ msg: 'garbage collected' }))
  })

  test('frees the blobs of a deleted image, but not those shared with another repository', async () => {
    const oci = ociClient(server)
    for (const repository of ['team/one', 'team/two']) {
      const config = await oci.pushBlob(repository, `config of ${repository}`)
      const layers = [await oci.pushBlob(repository, 'shared')]
      await oci.putManifest(repository, 'v1', { schemaVersion: 2, config, layers })
    }
    await server.askAsHelm('DELETE', '/v2/team/one/manifests/v1')
    const { blobs } = await collect()
    expect(blobs.count).toBe(2)
    expect((await server.askAsHelm('HEAD', '/v2/team/two/manifests/v1')).status).toBe(200)
  })

  test('keeps what a push in progress may need', async () => {
    const oci = ociClient(server)
    const { digest } = await oci.pushBlob('team/app', 'without a manifest yet')
    const begun = await server.askAsHelm('POST', '/v2/team/app/blobs/uploads/')
    const at = begun.headers.get('location') ?? ''
    await server.askAsHelm('PATCH', at, { body: 'half' })
    const config = await oci.pushBlob('team/app', '{}')
    await oci.putManifest('team/app', `sha256:${'0'.repeat(64)}`, {})
    await collect()
    expect((await server.askAsHelm('HEAD', `/v2/team/app/blobs/${digest}`)).status).toBe(200)
    expect((await server.askAsHelm('HEAD', `/v2/team/app/blobs/${config.digest}`)).status).toBe(200)
    expect((await server.askAsHelm('GET', at)).status).toBe(204)
  })

  test('keeps a released layer that a client has requested since', async () => {
    const { chart } = await ociClient(server).pushChart('team', nginx)
    await deleteNginx()
    const layer = `/v2/team/nginx/blobs/sha256:${chart.sha256}`
    expect((await server.askAsHelm('HEAD', layer)).status).toBe(200)
    await collect()
    expect((await server.askAsHelm('HEAD', layer)).status).toBe(200)
    expect((await ociClient(server).pushChart('team', nginx)).answer.status).toBe(201)
  })

  test('keeps pinned blobs', async () => {
    const { digest } = await server.publish('team', nginx)
    await deleteNginx()
    {
      using _claim = await pinBlob(server.registry, `sha256:${digest}`)
      await collect()
      expect(await filesOf(server)).toEqual([digest])
    }
    await collect()
    expect(await filesOf(server)).toEqual([])
  })

  test('loses no blob during concurrent pushes and deletions of the same charts', async () => {
    let pushing = true
    const collecting = (async () => {
      let freed = 0
      while (pushing) freed += (await collect()).lastCollection?.freed.count ?? 0
      return freed
    })()
    const push = async (worker: number) => {
      for (let round = 0; round < 12; round++) {
        const options = { name: `chart-${worker % 2}`, version: '1.0.0', metadata: { description: `${round % 2}` } }
        if (worker % 2) await server.publish('team', options)
        else expect((await ociClient(server).pushChart('team', options)).answer.status).toBe(201)
        if (round % 3 === worker % 3) {
          await server.ask('DELETE', `/v1/instances/${server.instance}/projects/team/charts/${options.name}`)
        }
      }
      await server.publish('team', { name: `chart-${worker}`, version: '9.0.0' })
    }
    await Promise.all([0, 1].map(push))
    pushing = false
    expect(await collecting).toBeGreaterThan(0)
    await collect()
    const files = new Set(await filesOf(server))
    const { read } = server.registry.database
    const needed = await read
      .selectFrom('versions')
      .innerJoin('archives', 'archives.id', 'versions.archive_id')
      .select('archives.digest')
      .unionAll(read.selectFrom('manifest_blobs').select('digest'))
      .execute()
    for (const { digest } of needed) expect(files).toContain(digest.slice('sha256:'.length))
  })
})
