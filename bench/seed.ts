import { makeChart, type TestChart } from '../chart/testing/make-chart.ts'
import { Random } from '../chart/testing/random.ts'

/** Seed of all charts and queries, so that every run measures the same ones. */
const SEED = 20261120

const WORDS =
  'access account agent alert api archive audit auth backup batch billing broker build cache catalog chat cluster collector config consul controller cron dashboard data dns edge elastic event exporter feature file flow frontend gateway grafana graph identity image index ingress job kafka ledger loader log mail mesh metrics monitor mysql nginx notify operator order payment pipeline policy pool postgres profile prometheus proxy pulsar queue rabbit rate redis registry report router runner scheduler search secret session shipper storage stream sync tenant tracing upload user vault video webhook worker zookeeper'.split(
    ' ',
  )

/** Makes `count` different chart names: words with hyphens, some with a number. */
export function chartNames(count: number): string[] {
  const random = new Random(SEED)
  const names = new Set<string>()
  while (names.size < count) {
    const words = Array.from({ length: 2 + random.below(2) }, () => random.pick(WORDS))
    names.add([...words, ...(random.below(5) === 0 ? [random.below(100)] : [])].join('-'))
  }
  return [...names]
}

/** Makes the versions of a chart, oldest first. Every tenth is a pre-release. */
export function versionNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const version = `${1 + Math.floor(index / 100)}.${Math.floor(index / 10) % 10}.${index % 10}`
    return index % 10 === 9 ? `${version}-rc.1` : version
  })
}

/** Makes a chart with typical metadata. With `bytes`, its package is about that large. */
export function seededChart(name: string, version: string, bytes = 0): Promise<TestChart> {
  const metadata = {
    appVersion: version,
    description: `Runs ${name.replaceAll('-', ' ')} with sensible defaults, on one node or on many.`,
    home: `https://charts.example.org/${name}`,
    sources: [`https://git.example.org/charts/${name}`],
    keywords: name.split('-'),
    maintainers: [{ name: 'Platform team', email: 'platform@example.org' }],
    kubeVersion: '>=1.27.0-0',
  }
  return makeChart({ name, version, metadata, files: noise(`${name} ${version}`, bytes) })
}

/** Below 5 MiB, as Helm refuses larger files. */
const FILE_BYTES = 5_000_000

/** Makes files that do not compress, `bytes` in total. */
function noise(seed: string, bytes: number): Record<string, Uint8Array> {
  const random = new Random(SEED + hash(seed))
  const files: Record<string, Uint8Array> = {}
  for (let start = 0; start < bytes; start += FILE_BYTES) {
    files[`files/${start}.bin`] = random.bytes(Math.min(FILE_BYTES, bytes - start))
  }
  return files
}

/** Makes queries that are a substring of some of the names. */
export function substringQueries(names: readonly string[], count: number): string[] {
  const random = new Random(SEED + 1)
  return Array.from({ length: count }, () => {
    const name = random.pick(names)
    const start = random.below(name.length - 5)
    return name.slice(start, start + 4 + random.below(3))
  })
}

/** Makes queries whose letters occur in order in some of the names, but are a substring of none. */
export function scatteredQueries(names: readonly string[], count: number): string[] {
  const random = new Random(SEED + 2)
  const all = names.join('\n')
  const queries: string[] = []
  while (queries.length < count) {
    const name = random.pick(names).replaceAll('-', '')
    const start = random.below(3)
    const query = [0, 3, 5, 8].map((step) => name[start + step] ?? '').join('')
    if (query.length === 4 && !all.includes(query)) queries.push(query)
  }
  return queries
}

/** FNV-1a hash. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return value >>> 0
}
