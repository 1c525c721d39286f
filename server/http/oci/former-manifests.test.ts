import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { collectAll } from '../../testing/collect-all.ts'
import { filesOf } from '../../testing/look-inside.ts'
import { IMAGE, ociRefusal, type PushedChart, sha256 } from './testing/oci-client.ts'
import { changed, nginx, type OciTest, openOciTest } from './testing/open-oci-test.ts'

let server: OciTest['server']
let oci: OciTest['oci']
let apis: OciTest['apis']

beforeEach(async () => {
  ;({ server, oci, apis } = await openOciTest())
})
afterEach(() => server.close())

/** Pushes a signature of a manifest, as cosign does, and returns its digest. */
async function sign(repository: string, { manifest, digest }: PushedChart): Promise<string> {
  const config = await oci.pushBlob(repository, '{}', 'application/vnd.oci.empty.v1+json')
  const subject = { mediaType: IMAGE, digest, size: manifest.length }
  const signature = JSON.stringify({ schemaVersion: 2, artifactType: 'a/signature', config, layers: [], subject })
  expect((await oci.putManifest(repository, sha256(signature), signature)).status).toBe(201)
  return sha256(signature)
}

async function referrers(repository: string, digest: string): Promise<string[]> {
  const answer = await server.askAsHelm('GET', `/v2/${repository}/referrers/${digest}`)
  const { manifests } = await answer.json()
  return manifests.map((manifest: { digest: string }) => manifest.digest)
}

/** Expects that a chart can be pulled by the digest of its manifest, with its signature. */
async function expectPullable(repository: string, { chart, digest }: PushedChart, signature: string): Promise<void> {
  expect(await apis.manifest(repository, digest)).toMatchObject({ digest })
  expect(await apis.download(`/v2/${repository}/blobs/sha256:${chart.sha256}`)).toBe(`sha256:${chart.sha256}`)
  expect(await referrers(repository, digest)).toEqual([signature])
  expect(await apis.manifest(repository, signature)).toMatchObject({ digest: signature })
}

describe('a former manifest of a version is pulled by digest, with its referrers, after garbage collection too', () => {
  test.each([
    ['of an overwritten version', async () => void (await oci.pushChart('team', changed))],
    ['of one overwritten through another API', async () => void (await server.publish('team', changed))],
    ['of one that got a .prov', async () => void (await server.publish('team', nginx, makeProvenance))],
    [
      'of one whose archive was pushed in another manifest',
      async () => void (await oci.pushChart('team', nginx, { annotations: { note: 'again' } })),
    ],
  ])('%s', async (_, replace) => {
    const first = await oci.pushChart('team', nginx)
    const signature = await sign('team/nginx', first)
    await replace()
    expect(await apis.manifest('team/nginx', '1.0.0')).not.toMatchObject({ digest: first.digest })
    await collectAll(server)
    await expectPullable('team/nginx', first, signature)
  })

  test('of an immutable version that got a .prov', async () => {
    const first = await oci.pushChart('fixed', nginx)
    const signature = await sign('fixed/nginx', first)
    await oci.pushChart('fixed', nginx, { provenance: makeProvenance })
    const refused = await server.askAsHelm('DELETE', `/v2/fixed/nginx/manifests/${first.digest}`)
    expect(await ociRefusal(refused)).toMatchObject({ status: 403, code: 'DENIED' })
    await collectAll(server)
    await expectPullable('fixed/nginx', first, signature)
  })
})

test('is removed by its digest without the version, unless the namespace is immutable', async () => {
  const first = await oci.pushChart('team', nginx)
  const second = await oci.pushChart('team', changed)
  expect((await server.askAsHelm('DELETE', `/v2/team/nginx/manifests/${first.digest}`)).status).toBe(202)
  expect(await apis.versions()).toEqual([`1.0.0 ${second.chart.sha256}`])
})

test('is removed with its version, and its tags, signatures and bytes with it', async () => {
  const first = await oci.pushChart('team', nginx)
  await sign('team/nginx', first)
  await oci.putManifest('team/nginx', 'stable', first.manifest)
  await oci.pushChart('team', changed)
  await oci.pushChart('team', nginx, { provenance: makeProvenance })
  await oci.pushChart('team', changed)
  await oci.pushChart('team', { name: 'nginx', version: '2.0.0' })
  const path = `/v1/instances/${server.instance}/projects/team/charts/nginx/versions/1.0.0`
  expect((await server.ask('DELETE', path)).status).toBe(200)
  expect((await server.askAsHelm('GET', `/v2/team/nginx/manifests/${first.digest}`)).status).toBe(404)
  expect(await oci.tags('team/nginx')).toEqual(['2.0.0'])
  await collectAll(server)
  expect(await referrers('team/nginx', first.digest)).toEqual([])
  // The archive and the config of 2.0.0 are left.
  expect(await filesOf(server)).toHaveLength(2)
})
