import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { LEGACY_CHART } from '../oci/testing/oci-client.ts'
import { type ListeningApp, openListeningApp, type WireAnswer } from '../testing/listening-app.ts'
import { basic } from '../testing/open-test-app.ts'
import {
  hexOf,
  type Parcel,
  pullByClassic,
  pullByManagement,
  uploadByCmPush,
  uploadByCurl,
  uploadByManagement,
} from './testing/doors.ts'
import { pullByOci, pushByOci } from './testing/oci-replay.ts'

/** An immutable namespace at every door: what is there stays, the same bytes are fine, and who is refused is told why. */

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

const byOci = (library: 'containerd' | 'oras', layerType?: string) => async (parcel: Parcel) =>
  (await pushByOci(server, 'fixed/nginx', parcel, { library }, { layerType })).answer

const MANAGEMENT = 'the management API'

const PUSHES: readonly (readonly [string, (parcel: Parcel) => Promise<WireAnswer>])[] = [
  [MANAGEMENT, (parcel) => uploadByManagement(server, 'fixed', parcel)],
  ['curl --form', (parcel) => uploadByCurl(server, 'fixed', parcel)],
  ['cm-push --force', (parcel) => uploadByCmPush(server, 'fixed', parcel)],
  ['helm before 3.7', byOci('containerd', LEGACY_CHART)],
  ['helm to 3.17', byOci('containerd')],
  ['helm since 3.18', byOci('oras')],
]

/** A 4xx that says why in its body, and at the Helm doors in its status line, which is all that some clients print. */
function expectRefused({ status, reason, body }: WireAnswer, door: string): void {
  expect([403, 409]).toContain(status)
  expect(body.toString()).toContain('the namespace “fixed” is immutable')
  if (door !== MANAGEMENT) expect(reason).toContain('the namespace "fixed" is immutable')
}

/** Every door has the first bytes. */
async function expectFirst(): Promise<void> {
  const file = { fileName: 'nginx-1.0.0.tgz' }
  const pulls = [pullByManagement(server, 'fixed', file), pullByClassic(server, 'fixed', file)]
  for (const { bytes } of await Promise.all([...pulls, pullByOci(server, 'fixed/nginx', '1.0.0')])) {
    expect(hexOf(bytes)).toBe(first.sha256)
  }
}

describe.each(PUSHES)('of what came in by %s', (_, push) => {
  test('nothing is replaced by any door, and the same bytes are a success at all of them', async () => {
    expect([200, 201]).toContain((await push(first)).status)
    for (const [door, pushAgain] of PUSHES) {
      expect([200, 201]).toContain((await pushAgain(first)).status)
      expectRefused(await pushAgain(other), door)
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
])('by %s %s is not deleted', async (door, _, path) => {
  await uploadByCurl(server, 'fixed', first)
  const console = { Cookie: server.cookie, 'X-Requested-With': 'chartroom' }
  const headers = door === MANAGEMENT ? console : { Authorization: basic() }
  expectRefused(await server.send('DELETE', path(), { headers }), door)
  await expectFirst()
})
