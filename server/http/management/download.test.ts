import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let chart: TestChart
let archive: string

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  const options = { name: 'nginx', version: '1.0.0+build.1' }
  chart = await makeChart(options)
  await server.publish('team', options, makeProvenance(chart))
  archive = `/v1/instances/${server.instance}/projects/team/charts/download/nginx-1.0.0+build.1.tgz`
})
afterEach(() => server.close())

const get = (headers: Record<string, string> = {}) => server.ask('GET', archive, { headers })
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())

describe('downloads', () => {
  test('return the archive with its headers', async () => {
    const answer = await get()
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/x-tar',
      'content-length': String(chart.bytes.length),
      'accept-ranges': 'bytes',
      etag: `"${chart.sha256}"`,
      'last-modified': expect.stringMatching(/ GMT$/),
      'content-disposition': `attachment; filename="nginx-1.0.0+build.1.tgz"; filename*=UTF-8''nginx-1.0.0%2Bbuild.1.tgz`,
      'x-content-type-options': 'nosniff',
    })
    expect(await bytesOf(answer)).toEqual(new Uint8Array(chart.bytes))
  })

  test('return a provenance file under its own name and type', async () => {
    const answer = await server.ask('GET', `${archive}.prov`)
    expect(answer.headers.get('content-type')).toBe('application/pgp-signature')
    expect(await answer.text()).toBe(makeProvenance(chart))
  })

  test('answer HEAD with the same headers, without opening the blob', async () => {
    let opened = 0
    const { blobs } = server.registry
    const read = blobs.read
    blobs.read = (...args) => {
      opened++
      return read.apply(blobs, args)
    }
    const answer = await server.ask('HEAD', archive)
    expect([answer.status, await answer.text(), opened]).toEqual([200, '', 0])
    expect(answer.headers.get('content-length')).toBe(String(chart.bytes.length))
    expect(answer.headers.get('etag')).toBe(`"${chart.sha256}"`)
  })

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=10-', 10, undefined],
    ['bytes=-5', -5, undefined],
  ])('return part of the file for %s', async (range, from, to) => {
    const answer = await get({ Range: range })
    const part = new Uint8Array(chart.bytes).slice(from, to)
    expect(answer.status).toBe(206)
    const size = chart.bytes.length
    const first = from < 0 ? size + from : from
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${first + part.length - 1}/${size}`)
    expect(answer.headers.get('content-length')).toBe(String(part.length))
    expect(await bytesOf(answer)).toEqual(part)
  })

  test('return 416 with the size for a range past the end', async () => {
    const answer = await get({ Range: 'bytes=999999-' })
    expect(answer.headers.get('content-range')).toBe(`bytes */${chart.bytes.length}`)
    expect(await refusalOf(answer)).toMatchObject({ status: 416, code: 'InvalidRange' })
  })

  test('return the whole file for If-Range with another ETag', async () => {
    expect((await get({ Range: 'bytes=0-9', 'If-Range': '"other"' })).status).toBe(200)
    expect((await get({ Range: 'bytes=0-9', 'If-Range': `"${chart.sha256}"` })).status).toBe(206)
  })

  test('return 304 if the ETag matches', async () => {
    const answer = await get({ 'If-None-Match': `"other", W/"${chart.sha256}"` })
    expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', `"${chart.sha256}"`])
    expect((await get({ 'If-None-Match': '"other"' })).status).toBe(200)
  })

  test('return 404 for a missing chart or namespace', async () => {
    for (const missing of [archive.replace('nginx', 'apache'), archive.replace('team', 'missing')]) {
      expect(await refusalOf(await server.ask('GET', missing))).toMatchObject({ status: 404, code: 'NotFound' })
      expect((await server.ask('HEAD', missing)).status).toBe(404)
    }
  })

  test.each(['..%2f..%2fchartroom.db', '%2e%2e', 'nginx', '.prov'])(
    'return 404 for %s: names are looked up, not used as paths',
    async (name) => {
      const answer = await server.ask('GET', archive.replace('nginx-1.0.0+build.1.tgz', name))
      expect(answer.status).toBe(404)
    },
  )
})
