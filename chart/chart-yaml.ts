import { asProblem, Budget } from './budget.ts'
import { decode, FieldError, type Kind } from './decode.ts'
import type { ChartDependency, ChartMaintainer, ChartMetadata } from './metadata.ts'
import { ChartProblem, type ChartProblemCode } from './problem.ts'
import { parseVersion } from './version.ts'
import { readYaml } from './yaml.ts'
import { YamlError } from './yaml-error.ts'

/**
 * Reads a Chart.yaml as helm reads and prints it.
 * @throws ChartProblem `chart-yaml-…`, `over-budget`, or a code for what helm's validation refuses
 * Source: helm v4.2.4 `pkg/chart/v2/loader/load.go`, `pkg/chart/v2/metadata.go`.
 */
export function readChartYaml(text: string): ChartMetadata {
  try {
    return checkMetadata(applyChartYaml({}, text, new Budget()))
  } catch (error) {
    throw asProblem(error, 'Chart.yaml')
  }
}

/** Metadata read from a chart's files so far, not validated yet. */
export type RawMetadata = Readonly<{ [field: string]: unknown; apiVersion?: unknown }>

/**
 * Merges a Chart.yaml into the metadata read before: helm merges all Chart.yaml files of an archive.
 * @throws ChartProblem `chart-yaml-syntax`, `chart-yaml-field`; BudgetError
 */
export function applyChartYaml(before: RawMetadata, text: string, budget: Budget): RawMetadata {
  const metadata = applyFields(before, text, 'Chart.yaml', budget)
  return metadata.apiVersion ? metadata : { ...metadata, apiVersion: 'v1' }
}

/**
 * Merges a requirements.yaml into the metadata: helm reads it into the same fields, whichever it contains.
 * @throws ChartProblem `chart-yaml-syntax`, `chart-yaml-field`; BudgetError
 */
export function applyRequirements(before: RawMetadata, text: string, budget: Budget): RawMetadata {
  return applyFields(before, text, 'requirements.yaml', budget)
}

/**
 * Checks that a Chart.lock or requirements.lock can be read. helm ignores its content here, but refuses a broken one.
 * @throws ChartProblem `lock-syntax`; BudgetError
 */
export function checkLock(text: string, path: string, budget: Budget): void {
  readFields(text, lock, { budget }, (error) => {
    throw new ChartProblem('lock-syntax', { path, reason: error.message })
  })
}

function applyFields(before: RawMetadata, text: string, path: string, budget: Budget): RawMetadata {
  return readFields(text, metadataFields, { before, budget }, (error) => {
    if (error instanceof YamlError) throw new ChartProblem('chart-yaml-syntax', { path, reason: error.message })
    throw new ChartProblem('chart-yaml-field', { path, field: error.field || path, expected: error.expected })
  })
}

function readFields(
  text: string,
  kind: Kind,
  { before = {}, budget }: { before?: RawMetadata; budget: Budget },
  refuse: (error: YamlError | FieldError) => never,
): RawMetadata {
  try {
    return decode(readYaml(text, budget), kind, before) as RawMetadata // both kinds are fields
  } catch (error) {
    if (error instanceof YamlError || error instanceof FieldError) refuse(error)
    throw error
  }
}

const maintainer: Kind = { fields: { name: 'text', email: 'text', url: 'text' } }

const dependency: Kind = {
  fields: {
    name: 'text',
    version: 'text',
    repository: 'text',
    condition: 'text',
    tags: { list: 'text' },
    enabled: 'boolean',
    'import-values': { list: 'any' },
    alias: 'text',
  },
}

const metadataFields: Kind = {
  fields: {
    name: 'text',
    home: 'text',
    sources: { list: 'text' },
    version: 'text',
    description: 'text',
    keywords: { list: 'text' },
    maintainers: { list: maintainer },
    icon: 'text',
    apiVersion: 'text',
    condition: 'text',
    tags: 'text',
    appVersion: 'text',
    deprecated: 'boolean',
    annotations: { map: 'text' },
    kubeVersion: 'text',
    dependencies: { list: dependency },
    type: 'text',
  },
}

const lock: Kind = { fields: { generated: 'time', digest: 'text', dependencies: { list: dependency } } }

/** Fields as `decode` returns them: of the right kind, with null for missing items of a list. */
type Decoded = Omit<ChartMetadata, 'maintainers' | 'dependencies'> & {
  maintainers?: (ChartMaintainer | null)[]
  dependencies?: (ChartDependency | null)[]
}

/**
 * Sanitizes and validates metadata, in helm's order.
 * @throws ChartProblem `name-…`, `version-…`, `type-invalid`, `maintainer-empty`, `dependency-…`
 * Source: helm v4.2.4 `Metadata.Validate`, `Dependency.Validate`.
 */
export function checkMetadata(raw: RawMetadata): ChartMetadata {
  const read = raw as Partial<Decoded> // `metadataFields` has these kinds
  const name = printable(read.name ?? '')
  const version = read.version ?? ''
  refuseIf(!read.apiVersion, 'chart-yaml-field', { path: 'Chart.yaml', field: 'apiVersion', expected: 'text' })
  refuseIf(name === '', 'name-missing')
  refuseIf(name === '.' || name === '..' || !isBaseName(name), 'name-invalid', { name })
  refuseIf(version === '', 'version-missing')
  refuseIf(!parseVersion(version), 'version-invalid', { version })
  refuseIf(!['', 'application', 'library'].includes(read.type ?? ''), 'type-invalid', { type: read.type ?? '' })
  return withoutEmpty({
    name,
    home: printable(read.home),
    sources: read.sources?.map((text) => printable(text)),
    version,
    description: printable(read.description),
    keywords: read.keywords?.map((text) => printable(text)),
    maintainers: read.maintainers?.map(checkMaintainer),
    icon: printable(read.icon),
    apiVersion: read.apiVersion,
    condition: printable(read.condition),
    tags: printable(read.tags),
    appVersion: printable(read.appVersion),
    deprecated: read.deprecated,
    annotations: read.annotations,
    kubeVersion: printable(read.kubeVersion),
    dependencies: checkDependencies(read.dependencies),
    type: read.type,
  }) as unknown as ChartMetadata // name and version are not empty
}

function refuseIf(condition: boolean, code: ChartProblemCode, details: Record<string, string> = {}): void {
  if (condition) throw new ChartProblem(code, details)
}

/** Whether `name` is its own last path element. Like helm, accepts a single slash. */
function isBaseName(name: string): boolean {
  return name === '/' || !name.includes('/')
}

function checkMaintainer(read: ChartMaintainer | null): ChartMaintainer {
  if (!read) throw new ChartProblem('maintainer-empty')
  return withoutEmpty({ name: printable(read.name), email: printable(read.email), url: printable(read.url) })
}

function checkDependencies(read: (ChartDependency | null)[] | undefined): ChartDependency[] | undefined {
  const taken = new Set<string>()
  return read?.map((one) => {
    const dependency = checkDependency(one)
    const key = dependency.alias || dependency.name
    refuseIf(taken.has(key), 'dependency-duplicate', { name: key })
    taken.add(key)
    return dependency
  })
}

function checkDependency(read: ChartDependency | null): ChartDependency {
  if (!read) throw new ChartProblem('dependency-empty')
  const name = printable(read.name ?? '')
  const alias = read.alias ?? ''
  refuseIf(alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(alias), 'dependency-alias-invalid', { name, alias })
  const rest = withoutEmpty({
    version: printable(read.version),
    repository: printable(read.repository),
    condition: printable(read.condition),
    tags: read.tags?.map((text) => printable(text)),
    enabled: read.enabled,
    'import-values': read['import-values'],
    alias,
  })
  return { name, ...rest } as ChartDependency // what is set is of the right kind
}

/** Replaces every kind of space by a plain one and drops non-printable characters: helm's `sanitizeString`. */
function printable(text: string): string
function printable(text: string | undefined): string | undefined
function printable(text: string | undefined): string | undefined {
  return text?.replace(spaces, ' ').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '')
}

// Unicode's white space; JavaScript's `\s` has one more character and lacks one.
const spaces = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g

type WithoutEmpty<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** helm prints no empty texts, lists or maps, and no `false`. */
function withoutEmpty<T extends object>(fields: T): WithoutEmpty<T> {
  const kept = Object.entries(fields).filter(([, value]) => {
    if (typeof value !== 'object' || value === null) return Boolean(value)
    return Object.keys(value).length > 0
  })
  return Object.fromEntries(kept) as WithoutEmpty<T> // entries of T
}
