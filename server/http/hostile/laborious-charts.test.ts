import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import type { ThreadLimits } from '../../registry/reading/reading-threads.ts'
import { filesOf } from '../../testing/look-inside.ts'
import { ociClient, ociRefusal } from '../oci/testing/oci-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { MULTIPART, multipart, type Part } from '../testing/multipart.ts'
import { refusalOf } from '../testing/open-test-app.ts'

let server: ListeningApp

async function open(threads: Partial<ThreadLimits> = {}): Promise<void> {
  server = await openListeningApp({ threads })
  await server.namespace('team')
}
afterEach(() => server.close())

const upload = (parts: readonly Part[], headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/v1/instances/${server.instance}/projects/team/charts`, {
    method: 'POST',
    body: multipart(parts),
    headers: { Cookie: server.cookie, 'X-Requested-With': 'chartroom', 'Content-Type': MULTIPART, ...headers },
  })

/** A chart of a few kilobytes with a file that takes seconds to parse. */
const laborious = (path: string, text: string) => makeChart({ name: 'slow', version: '1.0.0', files: { [path]: text } })

const VALUES = 'a: [x]\n'.repeat(250_000)

/** Resolves once a text is being parsed in a thread. */
function givenToThread(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { threads } = server.registry
  const run = threads.run.bind(threads)
  threads.run = (task, bounds) => {
    resolve()
    return run(task, bounds)
  }
  return promise
}

describe('other requests are answered during parsing', () => {
  beforeEach(() => open())

  test.each<[string, () => Promise<Part[]>]>([
    ['values.yaml', async () => [['chart', (await laborious('values.yaml', VALUES)).bytes]]],
    ['Chart.yaml', async () => [['chart', (await laborious('Chart.yaml', `${VALUES}name: x\n`)).bytes]]],
    ['Chart.lock', async () => [['chart', (await laborious('Chart.lock', VALUES)).bytes]]],
    [
      'a provenance file',
      async () => {
        const chart = await makeChart({ name: 'slow', version: '1.0.0' })
        const text = `${'a: [x]\n'.repeat(120_000)}\n...\nfiles: {}\n`
        return [
          ['chart', chart.bytes],
          ['prov', makeProvenance(chart, { text })],
        ]
      },
    ],
  ])('%s that takes long', async (_, parts) => {
    const given = givenToThread()
    const order: string[] = []
    const uploaded = upload(await parts()).then(() => void order.push('upload'))
    await given
    const { bytes } = await makeChart({ name: 'nginx', version: '1.0.0' })
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
    expect((await upload([['chart', bytes]])).status).toBe(200)
    order.push('others')
    await uploaded
    expect(order).toEqual(['others', 'upload'])
  })
})

describe('a chart that exceeds the time limit', () => {
  beforeEach(() => open({ longest: 1 }))

  test('is refused with advice, leaves nothing behind, and the next one is accepted', async () => {
    const { bytes } = await laborious('values.yaml', VALUES)
    const refusal = await refusalOf(await upload([['chart', bytes]]))
    expect(refusal).toMatchObject({ status: 400, code: 'BadRequest' })
    expect(refusal.message).toMatch(/^Reading “values\.yaml” takes more time or memory .* Make it smaller/)
    const inChinese = await refusalOf(await upload([['chart', bytes]], { 'Accept-Language': 'zh' }))
    expect(inChinese.message).toMatch(/^读取“values\.yaml”所需的时间或内存/)
    expect(await filesOf(server)).toEqual([])
    const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
    expect((await upload([['chart', chart.bytes]])).status).toBe(200)
    expect(server.logged).toEqual([])
  })

  test('is refused in the OCI API when its manifest is pushed', async () => {
    const chart = { name: 'slow', version: '1.0.0', files: { 'values.yaml': VALUES } }
    const { answer } = await ociClient(server).pushChart('team', chart)
    expect(await ociRefusal(answer)).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' })
  })

  test('is refused in the classic API', async () => {
    const { bytes } = await laborious('values.yaml', VALUES)
    const answer = await server.askAsHelm('POST', '/api/chartrepo/team/charts', { body: bytes })
    expect([answer.status, (await answer.json()).error]).toEqual([400, expect.stringContaining('takes more time')])
    expect(await filesOf(server)).toEqual([])
  })
})

test('returns 429 with Retry-After when too many charts are being parsed', async () => {
  await open({ threads: 1, waitingBytes: 0 })
  const given = givenToThread()
  const { bytes } = await laborious('values.yaml', VALUES)
  const first = upload([['chart', bytes]])
  await given
  const second = await upload([['chart', bytes]])
  expect(second.headers.get('retry-after')).toBe('30')
  expect(await refusalOf(second)).toMatchObject({ status: 429, code: 'TooManyRequests' })
  expect((await first).status).toBe(200)
})
