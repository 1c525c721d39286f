import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { LEGACY_CHART } from '../oci/testing/oci-client.ts'
import { type ListeningApp, openListeningApp, type WireAnswer } from '../testing/listening-app.ts'
import { basic } from '../testing/open-test-app.ts'
import { pullByOci, pushByOci } from './testing/oci-replay.ts'
import {
  type ChartUpload,
  hexOf,
  pullByClassic,
  pullByManagement,
  uploadByCmPush,
  uploadByCurl,
  uploadByManagement,
} from './testing/upload-and-pull.ts'

/** An immutable namespace in every API: versions stay, the same bytes are accepted, and errors state the reason. */

let server: ListeningApp
let first: TestChart
let other: TestChart

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('fixed', { immutable: true })
  first = await makeChart({ name: 'nginx', version: '1.0.0' })
  other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'README.md': 'other' } })
})
afterEach(() => server.close())

const byOci = (library: 'containerd' | 'oras', layerType?: string) => async (upload: ChartUpload) =>
  (await pushByOci(server, 'fixed/nginx', upload, { library }, { layerType })).answer

const MANAGEMENT = 'the management API'

const PUSHES: readonly (readonly [string, (upload: ChartUpload) => Promise<WireAnswer>])[] = [
  [MANAGEMENT, (upload) => uploadByManagement(server, 'fixed', upload)],
  ['curl --form', (upload) => uploadByCurl(server, 'fixed', upload)],
  ['cm-push --force', (upload) => uploadByCmPush(server, 'fixed', upload)],
  ['helm before 3.7', byOci('containerd', LEGACY_CHART)],
  ['helm to 3.17', byOci('containerd')],
  ['helm since 3.18', byOci('oras')],
]

/** Expects a 4xx with the reason in its body and, in the APIs for Helm, in its status line, which is all that some clients print. */
function expectRefused({ status, reason, body }: WireAnswer, api: string): void {
  expect([403, 409]).toContain(status)
  expect(body.toString()).toContain('the namespace “fixed” is immutable')
  if (api !== MANAGEMENT) expect(reason).toContain('the namespace "fixed" is immutable')
}

/** Expects the first bytes from every API. */
async function expectFirst(): Promise<void> {
  const file = { fileName: 'nginx-1.0.0.tgz' }
  const pulls = [pullByManagement(server, 'fixed', file), pullByClassic(server, 'fixed', file)]
  for (const { bytes } of await Promise.all([...pulls, pullByOci(server, 'fixed/nginx', '1.0.0')])) {
    expect(hexOf(bytes)).toBe(first.sha256)
  }
}

describe.each(PUSHES)('a version pushed by %s', (_, push) => {
  test('cannot be replaced through any API; all of them accept the same bytes again', async () => {
    expect([200, 201]).toContain((await push(first)).status)
    for (const [api, pushAgain] of PUSHES) {
      expect([200, 201]).toContain((await pushAgain(first)).status)
      expectRefused(await pushAgain(other), api)
      await expectFirst()
    }
  })
})

test.each([
  [MANAGEMENT, 'a version', () => `/v1/instances/${server.instance}/projects/fixed/charts/nginx/versions/1.0.0`],
  [MANAGEMENT, 'a chart', () => `/v1/instances/${server.instance}/projects/fixed/charts/nginx`],
  ['ChartMuseum’s API', 'a version', () => '/api/chartrepo/fixed/charts/nginx/1.0.0'],
  ['ChartMuseum’s API', 'a chart', () => '/api/chartrepo/fixed/charts/nginx'],
  ['OCI', 'a version', () => '/v2/fixed/nginx/manifests/1.0.0'],
])('through %s, %s cannot be deleted', async (api, _, path) => {
  await uploadByCurl(server, 'fixed', first)
  const console = { Cookie: server.cookie, 'X-Requested-With': 'chartroom' }
  const headers = api === MANAGEMENT ? console : { Authorization: basic() }
  expectRefused(await server.send('DELETE', path(), { headers }), api)
  await expectFirst()
})
