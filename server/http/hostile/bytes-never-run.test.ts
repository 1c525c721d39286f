import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { ociClient } from '../oci/testing/oci-client.ts'
import { MULTIPART, multipart } from '../testing/multipart.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

const PAGE = '<!doctype html><script>fetch("/console/session", {method: "DELETE"})</script>'

function expectHarmless(answer: Response): void {
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*; sandbox$/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
}

test('archives, provenance files and zips of them are sent as attachments', async () => {
  const chart = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'index.html': PAGE } })
  const at = `/v1/instances/${server.instance}/projects/team/charts`
  const body = multipart([
    ['chart', chart.bytes],
    ['prov', makeProvenance(chart)],
  ])
  expect((await server.ask('POST', at, { body, headers: { 'Content-Type': MULTIPART } })).status).toBe(200)
  const console = `/console/instances/${server.instance}/namespaces/team/charts/nginx`
  for (const path of [
    `${at}/download/nginx-1.0.0.tgz`,
    `${at}/download/nginx-1.0.0.tgz.prov`,
    `${console}/zip?version=1.0.0`,
    '/console/audit.csv',
  ]) {
    const answer = await server.ask('GET', path)
    expectHarmless(answer)
    expect(answer.headers.get('content-disposition'), path).toMatch(/^attachment; filename="/)
    await answer.arrayBuffer()
  }
  for (const file of ['nginx-1.0.0.tgz', 'nginx-1.0.0.tgz.prov']) {
    const answer = await server.askAsHelm('GET', `/chartrepo/team/charts/${file}`)
    expectHarmless(answer)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="/)
  }
})

test('blobs and manifests cannot run scripts, whatever their content type', async () => {
  const oci = ociClient(server)
  const { digest } = await oci.pushBlob('team/app', PAGE)
  const blob = await server.askAsHelm('GET', `/v2/team/app/blobs/${digest}`)
  expectHarmless(blob)
  expect(blob.headers.get('content-type')).toBe('application/octet-stream')
  const put = await server.askAsHelm('PUT', '/v2/team/app/manifests/v1', {
    headers: { 'Content-Type': 'text/html' },
    body: JSON.stringify({ mediaType: 'text/html', note: PAGE }),
  })
  expect(put.status).toBe(201)
  expectHarmless(await server.askAsHelm('GET', '/v2/team/app/manifests/v1'))
})
