import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ArchiveEntry, concatBytes, gzip, makeArchive, makeTar } from '../../../chart/testing/make-archive.ts'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { filesOf, uploadsOf } from '../../testing/look-inside.ts'
import { MULTIPART, multipart, type Part } from '../testing/multipart.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Malformed archives, YAML and forms: each is accepted or refused, and the server keeps working. */

let server: TestApp
let neighbours: string[]
beforeAll(async () => {
  server = await openTestApp()
  await server.namespace('team')
  neighbours = await readdir(server.folder)
})
afterAll(() => server.close())

const post = (body: Uint8Array, type?: string) =>
  server.askAsHelm('POST', '/api/chartrepo/team/charts?force', { body, headers: type ? { 'Content-Type': type } : {} })

/** Checks that a request was accepted or refused, that nothing stays staged, and that charts can still be listed. */
async function expectOrder(answer: Response): Promise<void> {
  expect([201, 400, 404, 409, 413]).toContain(answer.status)
  expect(await uploadsOf(server)).toEqual([])
  expect((await filesOf(server)).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([])
  expect(await readdir(server.folder)).toEqual(neighbours)
  expect(await readdir(dirname(server.folder))).not.toContain('escaped')
  if (answer.status === 201) {
    const index = await server.askAsHelm('GET', '/chartrepo/team/index.yaml')
    expect(Object.keys((await index.json()).entries).length).toBeGreaterThan(0)
    for (const path of ['/v1/instances/:id/projects/team/charts', '/console/instances/:id/charts']) {
      expect((await server.ask('GET', path.replace(':id', server.instance))).status).toBe(200)
    }
  }
  expect(server.logged).toEqual([])
}

const holds = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number, act: (value: T) => Promise<Response>) =>
  fc.assert(
    fc.asyncProperty(arbitrary, async (value) => expectOrder(await act(value))),
    { numRuns },
  )

const CHART_YAML = 'apiVersion: v2\nname: any\nversion: 1.0.0\n'

const path = fc
  .array(
    fc.constantFrom('any', '..', '.', '', 'charts', 'templates', 'escaped', 'C:', '\\', '\0', 'Chart.yaml', '数'),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join('/'))

const entry: fc.Arbitrary<ArchiveEntry> = fc.record(
  {
    name: fc.oneof(path, fc.constantFrom('any/Chart.yaml', 'any/values.yaml', 'any/charts/sub/Chart.yaml', '/escaped')),
    body: fc.oneof(fc.constant(CHART_YAML), fc.string({ maxLength: 50 }), fc.uint8Array({ maxLength: 600 })),
    type: fc.constantFrom('0', '0', '0', '1', '2', '5', 'x', 'g', 'L', 'K', 'S', '\0', '7'),
    size: fc.constantFrom(0, 1, 512, 5000, 8 ** 11 - 1),
    linkName: fc.constantFrom('../escaped', '/etc/passwd', 'any/Chart.yaml'),
    prefix: path.map((text) => text.slice(0, 100)),
  },
  { requiredKeys: ['name'] },
)

test('accepts or refuses any bytes', () => holds(fc.uint8Array({ maxLength: 2000 }), 100, (bytes) => post(bytes)))

test('accepts or refuses a gzip of any bytes, complete or truncated', () =>
  holds(fc.tuple(fc.uint8Array({ maxLength: 2000 }), fc.nat(40)), 100, async ([bytes, missing]) => {
    const whole = await gzip(bytes)
    return post(whole.subarray(0, Math.max(0, whole.length - missing)))
  }))

test('accepts or refuses any archive entries', () =>
  holds(fc.array(entry, { maxLength: 6 }), 200, async (entries) => {
    const first = { name: 'any/Chart.yaml', body: CHART_YAML }
    return post(await makeArchive([...(entries.length % 2 ? [first] : []), ...entries]))
  }))

test('accepts or refuses a chart with changed bytes, before and after compression', () =>
  holds(
    fc.tuple(fc.boolean(), fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 5 })),
    100,
    async ([isPacked, changes]) => {
      const tar = makeTar([{ name: 'any/Chart.yaml', body: CHART_YAML }])
      const bytes = isPacked ? (await gzip(tar)).slice() : tar
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      return post(isPacked ? bytes : await gzip(bytes))
    },
  ))

const yaml = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '- ',
          ': ',
          '? ',
          '&a ',
          '*a',
          '<<: *a',
          '{',
          '}',
          '[',
          ']',
          ',',
          '\n',
          '\n  ',
          '\t',
          '|\n',
          '>-\n ',
          '"',
          "'",
        ],
        ...[
          '#',
          '---\n',
          '...\n',
          '!!binary ',
          '!!set ',
          '!x ',
          '%YAML 1.1\n',
          '\u{feff}',
          '\\x',
          '~',
          '1e999',
          '0o7',
          '.nan',
        ],
        ...[
          'name: ',
          'version: 1.0.0\n',
          'apiVersion: v2\n',
          'dependencies:\n',
          'annotations:\n',
          '__proto__: ',
          'keywords: ',
        ],
      ),
      fc.string({ maxLength: 8, unit: 'binary' }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''))

test('accepts or refuses any YAML, in every file that contains some', () =>
  holds(
    fc.tuple(fc.constantFrom('Chart.yaml', 'values.yaml', 'Chart.lock', 'requirements.yaml'), fc.boolean(), yaml),
    300,
    async ([file, isMore, text]) => {
      const body = file === 'Chart.yaml' && isMore ? `${CHART_YAML}${text}` : text
      return post((await makeChart({ name: 'any', version: '1.0.0', files: { [file]: body } })).bytes)
    },
  ))

test('shows any field of Chart.yaml unchanged, or refuses it', () =>
  holds(
    fc.record({
      description: fc.string({ unit: 'binary' }),
      icon: fc.string(),
      home: fc.webUrl(),
      keywords: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
      annotations: fc.dictionary(fc.string(), fc.string({ unit: 'binary' }), { maxKeys: 3 }),
      maintainers: fc.array(fc.record({ name: fc.string(), email: fc.string(), url: fc.string() }), { maxLength: 2 }),
      appVersion: fc.string(),
    }),
    100,
    async (metadata) => post((await makeChart({ name: 'any', version: '1.0.0', metadata })).bytes),
  ))

test('accepts or refuses any form', async () => {
  const chart = await makeChart({ name: 'form', version: '1.0.0' })
  const boundary = MULTIPART.split('boundary=')[1] ?? ''
  const part: fc.Arbitrary<Part> = fc.tuple(
    fc.constantFrom('chart', 'prov', 'other', '', 'chart"; name="prov', '__proto__'),
    fc.oneof(fc.constant(chart.bytes), fc.constant(makeProvenance(chart)), fc.uint8Array({ maxLength: 200 })),
    fc.constantFrom('form-1.0.0.tgz', '../../escaped', '', '\0', 'a'.repeat(5000)),
  )
  const piece = fc.oneof(
    fc.array(part, { maxLength: 4 }).map(multipart),
    fc
      .constantFrom(`--${boundary}`, '\r\n', '--', '\r\n\r\n', 'Content-Disposition: form-data; name="chart"')
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 100 }),
  )
  const type = fc.constantFrom(
    MULTIPART,
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `${MULTIPART}; boundary=x`,
  )
  await holds(fc.tuple(type, fc.array(piece, { maxLength: 4 })), 200, ([contentType, pieces]) =>
    post(concatBytes(pieces), contentType),
  )
})

test('accepts or refuses any provenance file', () =>
  holds(fc.tuple(yaml, yaml, fc.boolean()), 100, async ([metadata, files, isFramed]) => {
    const chart = await makeChart({ name: 'signed', version: '1.0.0' })
    const text = `${metadata}\n...\n${files}`
    const prov = isFramed ? makeProvenance(chart, { text }) : text
    return post(
      multipart([
        ['chart', chart.bytes],
        ['prov', prov],
      ]),
      MULTIPART,
    )
  }))
