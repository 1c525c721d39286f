import { expect, test } from 'vitest'
import { readChartArchive } from './archive.ts'
import { type FolderFile, packChart } from './pack-chart.ts'
import { ChartProblem } from './problem.ts'
import { makeChart } from './testing/make-chart.ts'

const CHART_YAML = 'apiVersion: v2\nname: web # kept\nversion: 1.2.3\n'

function folder(files: Readonly<Record<string, string | Uint8Array>>): FolderFile[] {
  return Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    return { path, size: bytes.length, read: async () => bytes }
  })
}

async function pathsIn(files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const { bytes } = await packChart(folder(files))
  return (await readChartArchive(chunk(bytes))).files.map(({ path }) => path)
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

test('names the package after the chart and orders files as helm does', async () => {
  const files = {
    'README.md': 'a',
    'templates/b.yaml': '',
    'templates/a.yaml': '',
    'values.schema.json': '{}',
    'values.yaml': '',
    'Chart.lock': '',
    'Chart.yaml': CHART_YAML,
  }
  expect((await packChart(folder(files))).fileName).toBe('web-1.2.3.tgz')
  expect(await pathsIn(files)).toEqual([
    ...['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json', 'templates/a.yaml', 'templates/b.yaml'],
    'README.md',
  ])
})

test('makes the same bytes from the same files in any order', async () => {
  const files = folder({
    'Chart.yaml': CHART_YAML,
    'values.yaml': 'a: 1',
    'templates/a.yaml': '',
    'b/c': '',
    'b.d': '',
  })
  expect(await packChart(files.toReversed())).toEqual(await packChart(files))
})

test('does not read ignored files', async () => {
  const unread: FolderFile = {
    path: '.git/objects/large',
    size: 10 ** 12,
    read: () => Promise.reject(new Error('It was read.')),
  }
  const files = folder({ 'Chart.yaml': CHART_YAML, '.helmignore': '.git/\n' })
  await expect(packChart([...files, unread])).resolves.toMatchObject({ fileName: 'web-1.2.3.tgz' })
})

test('keeps unpacked subcharts under their names, unpacks packaged ones, and skips what helm skips', async () => {
  const redis = await makeChart({ name: 'redis', version: '1.0.0' })
  const inner = await makeChart({
    name: 'inner',
    version: '1.0.0',
    files: { [`charts/${redis.fileName}`]: redis.bytes },
  })
  const paths = await pathsIn({
    'Chart.yaml': CHART_YAML,
    'charts/folder/Chart.yaml': 'apiVersion: v1\nname: sub\nversion: 1.0.0',
    'charts/folder/Chart.lock': '',
    [`charts/${inner.fileName}`]: inner.bytes,
    'charts/inner-1.0.0.tgz.prov': 'signed',
    'charts/_draft/values.yaml': '',
    'charts/.gitkeep': '',
  })
  expect(paths).toEqual([
    ...['Chart.yaml', 'charts/inner-1.0.0.tgz.prov', 'charts/sub/Chart.yaml'],
    ...['Chart.yaml', 'values.yaml', 'templates/config-map.yaml'].map((path) => `charts/inner/${path}`),
    ...['Chart.yaml', 'values.yaml', 'templates/config-map.yaml'].map((path) => `charts/inner/charts/redis/${path}`),
  ])
})

test('keeps two versions of a subchart apart', async () => {
  const [old, current] = await Promise.all(['1.0.0', '2.0.0'].map((version) => makeChart({ name: 'redis', version })))
  const paths = await pathsIn({
    'Chart.yaml': CHART_YAML,
    'charts/redis-1.0.0.tgz': old?.bytes ?? '',
    'charts/redis-2.0.0.tgz': current?.bytes ?? '',
  })
  expect(paths.filter((path) => path.endsWith('/Chart.yaml'))).toEqual([
    'charts/redis/Chart.yaml',
    'charts/redis-2.0.0/Chart.yaml',
  ])
})

test('drops byte order marks, as helm does', async () => {
  const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(CHART_YAML)])
  expect(await packChart(folder({ 'Chart.yaml': marked }))).toEqual(
    await packChart(folder({ 'Chart.yaml': CHART_YAML })),
  )
})

const large = (path: string, size: number): FolderFile => ({ path, size, read: async () => new Uint8Array() })

test.each<[title: string, files: FolderFile[], problem: ChartProblem]>([
  ['without Chart.yaml', folder({ 'values.yaml': '' }), new ChartProblem('chart-yaml-missing')],
  [
    'whose .helmignore covers Chart.yaml',
    folder({ 'Chart.yaml': CHART_YAML, '.helmignore': '*.yaml' }),
    new ChartProblem('chart-yaml-missing'),
  ],
  ['without a version', folder({ 'Chart.yaml': 'name: web' }), new ChartProblem('version-missing')],
  [
    'with Chart.yaml in an unknown encoding',
    folder({ 'Chart.yaml': new Uint8Array([0x80]) }),
    new ChartProblem('chart-yaml-syntax', { path: 'Chart.yaml', reason: 'it is not UTF-8' }),
  ],
  [
    'with a file for a subchart',
    folder({ 'Chart.yaml': CHART_YAML, 'charts/README.md': '' }),
    new ChartProblem('subchart-broken', { subchart: 'charts/README.md', cause: 'chart-yaml-missing' }),
  ],
  [
    'with a damaged packaged subchart',
    folder({ 'Chart.yaml': CHART_YAML, 'charts/a.tgz': 'no gzip' }),
    new ChartProblem('subchart-broken', { subchart: 'charts/a.tgz', cause: 'damaged-archive' }),
  ],
  [
    'with a file over 5 MiB',
    [...folder({ 'Chart.yaml': CHART_YAML }), large('a.bin', 5 * 1024 ** 2 + 1)],
    new ChartProblem('file-too-large', { path: 'a.bin', limit: '5 MiB' }),
  ],
  [
    'over 100 MiB in all',
    [
      ...folder({ 'Chart.yaml': CHART_YAML }),
      ...Array.from({ length: 20 }, (_, index) => large(`${index}.bin`, 5 * 1024 ** 2)),
    ],
    new ChartProblem('archive-too-large', { limit: '100 MiB' }),
  ],
  [
    'with more than 100,000 files',
    [...folder({ 'Chart.yaml': CHART_YAML }), ...Array.from({ length: 100_000 }, (_, index) => large(`${index}`, 0))],
    new ChartProblem('too-many-entries', { limit: '100000' }),
  ],
])('refuses a chart %s', async (_, files, problem) => {
  const refusal = await packChart(files).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ChartProblem)
  expect(refusal).toMatchObject({ code: problem.code, details: problem.details })
})
