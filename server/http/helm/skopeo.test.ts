import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openSkopeo, type SkopeoClient } from '../../testing/skopeo-client.ts'
import { IMAGE, INDEX, type OciClient, ociClient, sha256 } from '../oci/testing/oci-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR } from '../testing/open-test-app.ts'
import { writeImages } from './testing/image-layout.ts'

/** A real skopeo on the OCI API: a client for images, independent of Helm. */

vi.setConfig({ testTimeout: 120_000 })

let server: ListeningApp
let skopeo: SkopeoClient
let oci: OciClient
let host: string

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  await server.namespace('fixed', { immutable: true })
  oci = ociClient(server)
  host = `localhost:${server.port}`
  skopeo = await openSkopeo()
})
afterEach(async () => {
  await skopeo[Symbol.asyncDispose]()
  await server.close()
})

const login = (password: string = ADMINISTRATOR.password) =>
  skopeo.run('login', '--username', ADMINISTRATOR.account, '--password', password, host)

const at = (reference: string) => `docker://${host}/${reference}`

test('login with the wrong password, with the right one, and logout', async () => {
  const wrong = await login('guess')
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('invalid username/password')])
  await writeImages(skopeo.folder, 'v1')
  expect((await skopeo.run('copy', 'oci:in:v1', at('team/app:v1'))).code).toBe(1)
  expect((await login()).stdout).toContain('Login Succeeded!')
  await skopeo.do('copy', 'oci:in:v1', at('team/app:v1'))
  await skopeo.do('logout', host)
  expect((await skopeo.run('inspect', at('team/app:v1'))).code).toBe(1)
})

test('copies an image to the registry and back, byte for byte, and inspects it', async () => {
  await login()
  const [image] = await writeImages(skopeo.folder, 'v1')
  await skopeo.do('copy', 'oci:in:v1', at('team/apps/web:v1'))
  await skopeo.do('copy', at('team/apps/web:v1'), 'oci:out:v1')
  for (const digest of [image?.manifest.digest, image?.layer.digest].map(String)) {
    const path = ['blobs', ...digest.split(':')]
    const [sent, received] = await Promise.all(
      ['in', 'out'].map((layout) => readFile(join(skopeo.folder, layout, ...path))),
    )
    expect(received).toEqual(sent)
  }
  expect(JSON.parse(await skopeo.do('inspect', at('team/apps/web:v1')))).toMatchObject({
    Name: `${host}/team/apps/web`,
    Digest: image?.manifest.digest,
    RepoTags: ['v1'],
    Layers: [image?.layer.digest],
  })
})

test('copies every image of an index, by digest too', async () => {
  await login()
  const images = await writeImages(skopeo.folder, 'one', 'two')
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: images.map(({ manifest }) => manifest),
  })
  for (const tag of ['one', 'two']) await skopeo.do('copy', `oci:in:${tag}`, at(`team/many:${tag}`))
  await oci.putManifest('team/many', 'all', index, INDEX)
  await skopeo.do('copy', '--all', at(`team/many@${sha256(index)}`), at('open/many:all'))
  expect(await skopeo.do('inspect', '--raw', at('open/many:all'))).toBe(index)
  for (const { manifest } of images) await skopeo.do('inspect', '--raw', at(`open/many@${manifest.digest}`))
})

test('lists tags, and deletes an image with all of them', async () => {
  await login()
  await writeImages(skopeo.folder, 'v1')
  const tags = ['v1', 'v2', 'v3']
  for (const tag of tags) await skopeo.do('copy', 'oci:in:v1', at(`team/app:${tag}`))
  const list = async () => JSON.parse(await skopeo.do('list-tags', at('team/app')))
  expect(await list()).toEqual({ Repository: `${host}/team/app`, Tags: tags })
  // Deletes the manifest that the tag points to, and thus all its tags.
  await skopeo.do('delete', at('team/app:v1'))
  expect((await skopeo.run('inspect', at('team/app:v2'))).stderr).toContain('manifest unknown')
})

test('reads a public namespace without a password, and no other', async () => {
  await login()
  await writeImages(skopeo.folder, 'v1')
  for (const namespace of ['open', 'team']) await skopeo.do('copy', 'oci:in:v1', at(`${namespace}/app:v1`))
  await skopeo.do('inspect', '--no-creds', at('open/app:v1'))
  const refused = await skopeo.run('inspect', '--no-creds', at('team/app:v1'))
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('unauthorized')])
  const pushed = await skopeo.run('copy', '--dest-no-creds', 'oci:in:v1', at('open/app:v2'))
  expect([pushed.code, pushed.stderr]).toEqual([1, expect.stringContaining('unauthorized')])
})

test('copies a chart with its provenance file to another namespace, where it is a version in every API', async () => {
  await login()
  const { chart, digest } = await oci.pushChart(
    'team',
    { name: 'nginx', version: '1.0.0' },
    { provenance: makeProvenance },
  )
  await skopeo.do('copy', at('team/nginx:1.0.0'), at('open/nginx:1.0.0'))
  const manifest = await server.askAsHelm('HEAD', '/v2/open/nginx/manifests/1.0.0', { headers: { Accept: IMAGE } })
  expect(manifest.headers.get('docker-content-digest')).toBe(digest)
  const archive = await server.askAnonymously('GET', '/chartrepo/open/charts/nginx-1.0.0.tgz')
  expect(sha256(new Uint8Array(await archive.arrayBuffer()))).toBe(`sha256:${chart.sha256}`)
  const provenance = await server.askAnonymously('GET', '/chartrepo/open/charts/nginx-1.0.0.tgz.prov')
  expect(await provenance.text()).toBe(makeProvenance(chart))
})

test('prints why an immutable namespace rejects an image', async () => {
  await login()
  await oci.pushChart('fixed', { name: 'nginx', version: '1.0.0' })
  await oci.pushChart('team', { name: 'nginx', version: '1.0.0', metadata: { description: 'changed' } })
  const refused = await skopeo.run('copy', at('team/nginx:1.0.0'), at('fixed/nginx:1.0.0'))
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is immutable')])
})
