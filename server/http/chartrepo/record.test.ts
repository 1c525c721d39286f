import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { recordedBy } from '../../testing/recorded.ts'
import { writeRoutes } from '../testing/every-route.ts'
import { MULTIPART, multipart } from '../testing/multipart.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Audit events of the ChartMuseum API. The last test fails for a write route that no test here calls. */

let server: TestApp
let chart: TestChart
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  chart = await makeChart({ name: 'nginx', version: '1.0.0' })
})
afterEach(() => server.close())

const walked: string[] = []
const ID = ':instanceId{ccr-[0-9a-z]{8}}'
const APIS = ['/api/chartrepo/:namespace', `/api/${ID}/chartrepo/:namespace`]
const CONTEXTS = ['/chartrepo/api/:namespace', `/${ID}/chartrepo/api/:namespace`]

/** Sends a request to a route, which must succeed; returns the events that it recorded. */
async function walk(method: string, route: string, body?: Uint8Array | string, headers: Record<string, string> = {}) {
  walked.push(`${method} ${route}`)
  const names = { [ID]: server.instance, ':namespace': 'team', ':chart': 'nginx', ':version': '1.0.0' }
  const path = Object.entries(names).reduce(
    (text, [name, value]) => text.replace(new RegExp(`${escaped(name)}(?=/|$)`), value),
    route,
  )
  return recordedBy(server, async () => {
    const answer = await server.askAsHelm(method, path, { body, headers })
    if (answer.status > 201) throw new Error(`${answer.status}: ${await answer.text()}`)
  })
}

const escaped = (text: string) => text.replace(/[{}[\]]/g, '\\$&')
const about = { namespace: 'team', chart: 'nginx', version: '1.0.0', protocol: 'classic', credential: 'password' }

test.each([...APIS, ...CONTEXTS])('POST %s/charts with a raw archive or a form records chart.publish', async (api) => {
  const published = { action: 'chart.publish', ...about, digest_after: `sha256:${chart.sha256}` }
  expect(await walk('POST', `${api}/charts`, chart.bytes)).toMatchObject([published])
  const other = await makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } })
  const parts = multipart([
    ['chart', other.bytes, other.fileName],
    ['prov', makeProvenance(other), `${other.fileName}.prov`],
  ])
  expect(await walk('POST', `${api}/charts`, parts, { 'Content-Type': MULTIPART })).toMatchObject([
    { ...published, digest_before: `sha256:${chart.sha256}`, digest_after: `sha256:${other.sha256}` },
  ])
})

test.each([...APIS, ...CONTEXTS])('POST %s/prov records provenance.add', async (api) => {
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  const events = await walk('POST', `${api}/prov`, makeProvenance(chart))
  expect(events).toMatchObject([{ action: 'provenance.add', ...about }])
})

test.each(APIS)('DELETE %s/charts of a version or a chart records chart.delete', async (api) => {
  const deleted = { action: 'chart.delete', ...about, digest_before: `sha256:${chart.sha256}` }
  for (const route of ['/charts/:chart/:version', '/charts/:chart']) {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    expect(await walk('DELETE', `${api}${route}`)).toMatchObject([deleted])
  }
})

test('every write route is called by a test above', () => {
  expect([...new Set(walked)].sort()).toEqual(writeRoutes(server.app, /chartrepo/))
})
