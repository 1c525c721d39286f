import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

const CHARTS = '/chartrepo/team/charts'
const options = { name: 'pluschart', version: '1.2.3+build.7' }

let server: TestApp
let chart: TestChart

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  chart = await makeChart(options)
  await server.publish('team', options, makeProvenance(chart))
})
afterEach(() => server.close())

const get = (file: string, headers: Record<string, string> = {}) =>
  server.askAsHelm('GET', `${CHARTS}/${file}`, { headers })
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())

describe('chart files', () => {
  test.each(['pluschart-1.2.3+build.7.tgz', 'pluschart-1.2.3%2Bbuild.7.tgz', 'pluschart-1.2.3%2bbuild.7.tgz'])(
    'are served as %s: Helm sends the URL from the index, escaped or not',
    async (file) => {
      const answer = await get(file)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-tar'])
      expect(answer.headers.get('content-length')).toBe(String(chart.bytes.length))
      expect(answer.headers.get('etag')).toBe(`"${chart.sha256}"`)
      expect(await bytesOf(answer)).toEqual(new Uint8Array(chart.bytes))
    },
  )

  test('are served with a query string: Helm appends the query of the repository URL', async () => {
    expect((await get('pluschart-1.2.3+build.7.tgz?token=x')).status).toBe(200)
  })

  test('are served whatever Accept says: Helm 4 accepts only gzip and octet-stream', async () => {
    const answer = await get('pluschart-1.2.3+build.7.tgz', { Accept: 'application/gzip,application/octet-stream' })
    expect(answer.status).toBe(200)
  })

  test('are never compressed again', async () => {
    const answer = await get('pluschart-1.2.3+build.7.tgz', { 'Accept-Encoding': 'gzip, br' })
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(await bytesOf(answer)).toEqual(new Uint8Array(chart.bytes))
  })

  test('support range requests', async () => {
    const answer = await get('pluschart-1.2.3+build.7.tgz', { Range: 'bytes=10-19' })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes 10-19/${chart.bytes.length}`])
    expect(await bytesOf(answer)).toEqual(new Uint8Array(chart.bytes).slice(10, 20))
    const none = await get('pluschart-1.2.3+build.7.tgz', { Range: 'bytes=999999-' })
    expect([none.status, await none.json()]).toEqual([416, { error: expect.stringContaining('pluschart-1.2.3') }])
  })

  test('return 304 if the ETag matches', async () => {
    const answer = await get('pluschart-1.2.3+build.7.tgz', { 'If-None-Match': `"${chart.sha256}"` })
    expect([answer.status, await answer.text()]).toEqual([304, ''])
  })

  test('answer HEAD with the same headers, without opening the blob', async () => {
    let opened = 0
    const { blobs } = server.registry
    const read = blobs.read.bind(blobs)
    blobs.read = (...args) => {
      opened++
      return read(...args)
    }
    const answer = await server.askAsHelm('HEAD', `${CHARTS}/pluschart-1.2.3+build.7.tgz`)
    expect([answer.status, await answer.text(), opened]).toEqual([200, '', 0])
    expect(answer.headers.get('content-length')).toBe(String(chart.bytes.length))
  })

  test('are served under the instance ID in the path', async () => {
    const answer = await server.askAsHelm('GET', `/${server.instance}${CHARTS}/pluschart-1.2.3+build.7.tgz`)
    expect(await bytesOf(answer)).toEqual(new Uint8Array(chart.bytes))
  })
})

describe('provenance files', () => {
  test('are served beside the chart, where helm pull --prov and --verify look', async () => {
    for (const file of ['pluschart-1.2.3+build.7.tgz.prov', 'pluschart-1.2.3%2Bbuild.7.tgz.prov']) {
      const answer = await get(file)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pgp-signature'])
      expect(await answer.text()).toBe(makeProvenance(chart))
    }
  })

  test('return 404 if missing, which helm pull --prov reports as a warning', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    expect((await get('nginx-1.0.0.tgz')).status).toBe(200)
    expect((await get('nginx-1.0.0.tgz.prov')).status).toBe(404)
  })
})

test.each(['nginx-9.9.9.tgz', 'nginx', 'index.yaml', '..%2Findex.yaml', '%00', 'pluschart-1.2.3 build.7.tgz'])(
  'returns 404 in JSON for the unknown file %s, for GET and HEAD',
  async (file) => {
    const answer = await get(file)
    expect([answer.status, await answer.json()]).toEqual([404, { error: expect.stringContaining('not found') }])
    expect((await server.askAsHelm('HEAD', `${CHARTS}/${file}`)).status).toBe(404)
  },
)

test('pulls during concurrent replacements return one whole archive that matches its ETag', async () => {
  const path = `${CHARTS}/nginx-1.0.0.tgz`
  const charts = await Promise.all(
    Array.from({ length: 10 }, (_, replicas) =>
      makeChart({ name: 'nginx', version: '1.0.0', files: { 'values.yaml': `replicas: ${replicas}\n` } }),
    ),
  )
  const push = ({ bytes }: TestChart) => server.askAsHelm('POST', '/api/chartrepo/team/charts', { body: bytes })
  const pull = async () => {
    const answer = await server.askAsHelm('GET', path)
    const digest = createHash('sha256')
      .update(await bytesOf(answer))
      .digest('hex')
    expect(answer.headers.get('etag')).toBe(`"${digest}"`)
    return digest
  }
  await push(charts[0] as TestChart) // ten were made above
  const outcomes = await Promise.all(
    charts.flatMap((made) => [push(made).then(({ status }) => status), pull(), pull()]),
  )
  expect(outcomes.filter((outcome) => typeof outcome === 'number')).toEqual(Array(10).fill(201))
  const { entries } = await (await server.askAsHelm('GET', '/chartrepo/team/index.yaml')).json()
  expect(entries.nginx).toMatchObject([{ digest: await pull() }])
})
