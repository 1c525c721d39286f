import { describe, expect, test } from 'vitest'
import { readChartArchive } from './archive.ts'
import { ChartProblem } from './problem.ts'
import { concatBytes, gzip, makeArchive, makeTar } from './testing/make-archive.ts'
import { makeChart } from './testing/make-chart.ts'
import { verdictTable } from './testing/verdict-table.ts'

describe('readChartArchive gives the verdict of helm 4.2 on', () => {
  test.each(verdictTable.filter((one) => !one.beyondBrowsers))('$title', async ({ archive, problem, cause }) => {
    const verdict = await verdictOn(await archive())
    expect(verdict?.code ?? null).toBe(problem)
    expect(verdict?.details.cause).toBe(cause)
  })
})

test('reads an archive byte by byte', async () => {
  const chart = await makeChart({ name: 'redis', version: '1.0.0' })
  expect(await verdictOn(chart.bytes, 1)).toBeNull()
})

test('returns the metadata and files of an archive', async () => {
  const chart = await makeChart({
    name: 'redis',
    version: '1.0.0',
    metadata: { appVersion: '7.2', keywords: ['cache'] },
    files: { 'README.md': 'Hello', 'charts/a/Chart.yaml': 'name: a\nversion: 1.0.0\n' },
  })
  const { metadata, files } = await readChartArchive(chunks(chart.bytes))
  expect(metadata).toEqual({
    name: 'redis',
    version: '1.0.0',
    keywords: ['cache'],
    apiVersion: 'v2',
    appVersion: '7.2',
    type: 'application',
  })
  expect(files.map(({ path }) => path)).toEqual([
    'Chart.yaml',
    'values.yaml',
    'templates/config-map.yaml',
    'README.md',
    'charts/a/Chart.yaml',
  ])
  expect(files.find(({ path }) => path === 'README.md')?.size).toBe(5)
})

describe('merges like helm', () => {
  test('a second Chart.yaml into the first', async () => {
    const archive = await makeArchive([
      {
        name: 'c/Chart.yaml',
        body: 'name: c\nversion: 1.0.0\nhome: h\nmaintainers: [{name: a, email: e}, {name: b}]\n',
      },
      { name: 'c/Chart.yaml', body: 'version: 2.0.0\nmaintainers: [{name: z}]\n' },
    ])
    const { metadata } = await readChartArchive(chunks(archive))
    expect(metadata).toMatchObject({ version: '2.0.0', home: 'h', maintainers: [{ name: 'z', email: 'e' }] })
  })

  test('requirements.yaml into Chart.yaml', async () => {
    const archive = await makeArchive([
      { name: 'c/requirements.yaml', body: 'dependencies: [{name: a, version: 1.10, repository: https://x}]\n' },
      { name: 'c/Chart.yaml', body: 'apiVersion: v1\nname: c\nversion: 1.0.0\n' },
    ])
    const { metadata } = await readChartArchive(chunks(archive))
    expect(metadata.dependencies).toEqual([{ name: 'a', version: '1.1', repository: 'https://x' }])
  })
})

describe('limits that helm does not have', () => {
  test('accepts 100,000 entries and refuses one more', async () => {
    const none = new Uint8Array()
    const chart = makeTar([{ name: 'c/Chart.yaml', body: 'name: c\nversion: 1.0.0\n' }], { tail: none })
    const entry = makeTar([{ name: 'c/x' }], { tail: none })
    const archiveOf = (count: number) => gzip(concatBytes([chart, ...Array.from({ length: count - 1 }, () => entry)]))
    expect(await verdictOn(await archiveOf(100_000))).toBeNull()
    expect((await verdictOn(await archiveOf(100_001)))?.code).toBe('too-many-entries')
  })

  test('refuses packages nested 51 deep', async () => {
    let archive = await makeArchive([{ name: 'c/Chart.yaml', body: 'name: c\nversion: 1.0.0\n' }])
    for (let depth = 0; depth < 51; depth++) {
      archive = await makeArchive([
        { name: 'c/Chart.yaml', body: 'name: c\nversion: 1.0.0\n' },
        { name: 'c/charts/c.tgz', body: archive },
      ])
    }
    const verdict = await verdictOn(archive)
    expect(verdict?.code).toBe('subchart-broken')
    expect(verdict?.details.cause).toBe('subcharts-too-deep')
  })

  test('refuses folders of subcharts nested 51 deep', async () => {
    const verdict = await verdictOn(await makeArchive([{ name: `c/${'charts/a/'.repeat(51)}x` }]))
    expect(verdict?.details).toMatchObject({
      cause: 'subcharts-too-deep',
      subchart: 'charts/a/'.repeat(51).slice(0, -1),
    })
  })

  test('accepts 10 MiB of YAML and refuses more', async () => {
    const values = { name: 'c/values.yaml', body: `# ${'x'.repeat(5 * 1024 ** 2 - 100)}` }
    const chart = { name: 'c/Chart.yaml', body: 'name: c\nversion: 1.0.0\n' }
    expect(await verdictOn(await makeArchive([chart, values, values]))).toBeNull()
    expect((await verdictOn(await makeArchive([chart, values, values, values])))?.code).toBe('too-much-yaml')
  })

  test('refuses packages that unpack to more than 256 MiB together', async () => {
    const files = Array.from({ length: 19 }, (_, index) => ({
      name: `c/${index}`,
      body: new Uint8Array(5 * 1024 ** 2),
    }))
    const inner = await makeArchive([{ name: 'c/Chart.yaml', body: 'name: c\nversion: 1.0.0\n' }, ...files])
    const outer = [1, 2, 3].map((index) => ({ name: `c/charts/${index}.tgz`, body: inner }))
    const verdict = await verdictOn(await makeArchive(outer))
    expect(verdict?.details).toMatchObject({ cause: 'archive-too-large', limit: '256 MiB', subchart: 'charts/3.tgz' })
  })
})

test('refuses a chart name that is no safe file name', async () => {
  const archive = await makeArchive([{ name: 'c/Chart.yaml', body: 'name: a\\b\nversion: 1.0.0\n' }])
  expect((await verdictOn(archive))?.code).toBe('file-name-unsafe')
})

describe('the source stream', () => {
  test('is closed at the end of the tar, even if it goes on', async () => {
    let returned = false
    async function* endless() {
      try {
        yield await gzip(makeTar([{ name: 'c/Chart.yaml', body: 'name: c\nversion: 1.0.0\n' }]))
        for (;;) yield new Uint8Array(100)
      } finally {
        returned = true
      }
    }
    await readChartArchive(endless())
    expect(returned).toBe(true)
  })

  test('is closed when the archive is refused', async () => {
    let returned = false
    async function* source() {
      try {
        yield new TextEncoder().encode('no gzip')
        yield new Uint8Array(100)
      } finally {
        returned = true
      }
    }
    await expect(readChartArchive(source())).rejects.toThrow('not-gzip')
    expect(returned).toBe(true)
  })

  test('rethrows its own error', async () => {
    const chart = await makeChart({ name: 'redis', version: '1.0.0' })
    async function* source() {
      yield chart.bytes.subarray(0, 100)
      throw new RangeError('the line is dead')
    }
    await expect(readChartArchive(source())).rejects.toThrow(new RangeError('the line is dead'))
  })
})

async function verdictOn(archive: Uint8Array, pieceSize = 4096): Promise<ChartProblem | null> {
  try {
    await readChartArchive(chunks(archive, pieceSize))
    return null
  } catch (error) {
    if (error instanceof ChartProblem) return error
    throw error
  }
}

async function* chunks(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size)
}
