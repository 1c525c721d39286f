import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { ociClient, sha256 } from './testing/oci-client.ts'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

const nginx = { name: 'nginx', version: '1.0.0' }

test('one version pushed through two APIs during pulls: every pull is consistent, and the APIs agree', async () => {
  const oci = ociClient(server)
  await server.publish('team', nginx)
  let pushing = true
  const pull = async () => {
    let pulls = 0
    for (; pushing || pulls === 0; pulls++) {
      const answer = await server.askAsHelm('GET', '/v2/team/nginx/manifests/1.0.0')
      const text = await answer.text()
      expect(sha256(text)).toBe(answer.headers.get('docker-content-digest'))
      for (const { digest } of JSON.parse(text).layers) {
        const blob = await server.askAsHelm('GET', `/v2/team/nginx/blobs/${digest}`)
        expect(sha256(new Uint8Array(await blob.arrayBuffer()))).toBe(digest)
      }
    }
    return pulls
  }
  const pulling = [pull(), pull(), pull()]
  await Promise.all(
    Array.from({ length: 24 }, async (_, at) => {
      const chart = { ...nginx, metadata: { description: `attempt ${at}` } }
      if (at % 2 === 0) return server.publish('team', chart)
      const { answer } = await oci.pushChart('team', chart)
      expect(answer.status).toBe(201)
    }),
  )
  pushing = false
  for (const pulls of await Promise.all(pulling)) expect(pulls).toBeGreaterThan(0)

  const manifest = await (await server.askAsHelm('GET', '/v2/team/nginx/manifests/1.0.0')).json()
  const path = `/v1/instances/${server.instance}/projects/team/charts/nginx/versions?pageNo=1&pageSize=10`
  const { items } = await (await server.ask('GET', path)).json()
  const index = await (await server.askAsHelm('GET', '/chartrepo/team/index.yaml')).json()
  const archive = await server.askAsHelm('GET', '/chartrepo/team/charts/nginx-1.0.0.tgz')
  expect(items).toHaveLength(1)
  expect(manifest.layers[0].digest).toBe(`sha256:${items[0].digest}`)
  expect(index.entries.nginx[0].digest).toBe(items[0].digest)
  expect(sha256(new Uint8Array(await archive.arrayBuffer()))).toBe(manifest.layers[0].digest)
  expect(await oci.tags('team/nginx')).toEqual(['1.0.0'])
})

test('concurrent pushes and deletions: a version exists if and only if its own tag does', async () => {
  const oci = ociClient(server)
  const work = Array.from({ length: 30 }, async (_, at) => {
    const version = `1.0.${at % 5}`
    if (at % 3 === 2) return server.askAsHelm('DELETE', `/v2/team/nginx/manifests/${version}`)
    return oci.pushChart('team', { name: 'nginx', version, metadata: { description: `${at % 2}` } })
  })
  await Promise.all(work)
  const { read } = server.registry.database
  const versions = await read.selectFrom('versions').select(['version', 'manifest_id']).orderBy('version').execute()
  const tags = await read.selectFrom('tags').select(['name', 'manifest_id']).orderBy('name').execute()
  expect(tags.map((tag) => [tag.name, tag.manifest_id])).toEqual(versions.map((row) => [row.version, row.manifest_id]))
})
