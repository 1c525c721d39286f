import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ArchiveEntry, makeArchive } from '../../../chart/testing/make-archive.ts'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { filesOf } from '../../testing/look-inside.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Kilobytes that would expand to much more: refused within limits of time and memory, with a message that says what to do. */

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

const MEBIBYTE = 1024 * 1024
const CHART_YAML: ArchiveEntry = { name: 'any/Chart.yaml', body: 'apiVersion: v2\nname: any\nversion: 1.0.0\n' }

async function refusalOf(bytes: Uint8Array): Promise<string> {
  expect(bytes.length).toBeLessThan(5 * MEBIBYTE)
  const answer = await server.askAsHelm('POST', '/api/chartrepo/team/charts', { body: bytes })
  expect(answer.status).toBe(400)
  expect(await filesOf(server)).toEqual([])
  expect(server.logged).toEqual([])
  return (await answer.json()).error
}

const chartWith = async (file: string, text: string) =>
  (await makeChart({ name: 'any', version: '1.0.0', files: { [file]: text } })).bytes

/** Returns the largest growth of the process while `act` runs, in bytes, polled repeatedly. */
async function growth(act: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  await act()
  clearInterval(timer)
  return most - before
}

test('refuses an archive that unpacks to more than the limit, without using more memory', async () => {
  const entries = Array.from({ length: 110 }, (_, at) => ({ name: `any/zeros-${at}`, body: new Uint8Array(MEBIBYTE) }))
  const bomb = await makeArchive([CHART_YAML, ...entries])
  let refused = ''
  const grown = await growth(async () => {
    refused = await refusalOf(bomb)
  })
  expect(refused).toMatch(/larger than \d+ MiB/)
  expect(grown).toBeLessThan(90 * MEBIBYTE)
})

test('refuses nested packages', async () => {
  let inner = await makeArchive([CHART_YAML])
  for (let depth = 0; depth < 52; depth++)
    inner = await makeArchive([CHART_YAML, { name: 'any/charts/any.tgz', body: inner }])
  expect(await refusalOf(inner)).toContain('deep')
})

const aliases = `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, at) => {
  const [name, last] = ['bcdefghij'[at], 'abcdefghi'[at]]
  return `${name}: &${name} [*${last}, *${last}, *${last}, *${last}, *${last}, *${last}, *${last}, *${last}, *${last}]\n`
}).join('')}`

test.each([
  ['values.yaml', aliases],
  ['Chart.yaml', `apiVersion: v2\nname: any\nversion: 1.0.0\nannotations: {}\n${aliases}`],
  ['Chart.lock', aliases],
])('aliases of aliases in %s', async (file, text) => {
  expect(await refusalOf(await chartWith(file, text))).toContain(file)
})

test.each([
  ['brackets', `a: ${'['.repeat(100_000)}`],
  ['braces', `a: ${'{a: '.repeat(100_000)}`],
  ['lists', `a: ${'- '.repeat(100_000)}`],
  ['blocks', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
])('%s in each other', async (_, text) => {
  expect(await refusalOf(await chartWith('values.yaml', text))).toContain('values.yaml')
})

test('refuses an oversized Chart.yaml', async () => {
  const text = `apiVersion: v2\nname: any\nversion: 1.0.0\ndescription: ${'x'.repeat(1.1 * MEBIBYTE)}\n`
  expect(await refusalOf(await chartWith('Chart.yaml', text))).toContain('1 MiB')
})
