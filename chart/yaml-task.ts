import { asProblem, type Budget } from './budget.ts'
import { applyChartYaml, applyRequirements, checkLock, type RawMetadata } from './chart-yaml.ts'
import { checkJson } from './decode.ts'
import { ChartProblem, type ChartProblemCode } from './problem.ts'
import { readYaml } from './yaml.ts'
import { YamlError } from './yaml-error.ts'

/**
 * A YAML file of a chart to read. Task and result are plain data, so that they can go to another thread: a malicious
 * file takes seconds.
 */
export interface YamlTask {
  readonly kind: 'chart-yaml' | 'requirements' | 'values' | 'lock'
  /** Path inside the chart. */
  readonly path: string
  readonly body: Uint8Array
  /** Metadata from the files read before. Files that are only checked do not change it. */
  readonly before: RawMetadata
}

/** Runs a task, in this thread or another, and spends its cost from `budget`. Throws ChartProblem. */
export type YamlReader = (task: YamlTask, budget: Budget) => RawMetadata | Promise<RawMetadata>

/** Runs a task synchronously in this thread. */
export const readYamlHere: YamlReader = (task, budget) => {
  try {
    return runYamlTask(task, budget)
  } catch (error) {
    throw asProblem(error, task.path)
  }
}

/**
 * Runs a task.
 * @returns the metadata of the chart so far
 * @throws ChartProblem, BudgetError
 */
export function runYamlTask({ kind, path, body, before }: YamlTask, budget: Budget): RawMetadata {
  const text = textOf(body, path, SYNTAX[kind])
  switch (kind) {
    case 'chart-yaml':
      return bounded(applyChartYaml(before, text, budget))
    case 'requirements':
      return bounded(applyRequirements(before, text, budget))
    case 'values':
      checkValues(text, budget)
      return before
    case 'lock':
      checkLock(text, path, budget)
      return before
  }
}

const SYNTAX: Readonly<Record<YamlTask['kind'], ChartProblemCode>> = {
  'chart-yaml': 'chart-yaml-syntax',
  requirements: 'chart-yaml-syntax',
  values: 'values-syntax',
  lock: 'lock-syntax',
}

/**
 * Maximum size of a chart's metadata as JSON, in characters. It is stored with every version and appears in every index
 * and list; helm puts a whole release into a Secret, which has the same limit.
 */
const maxMetadata = 1024 * 1024

function bounded(metadata: RawMetadata): RawMetadata {
  if (JSON.stringify(metadata).length > maxMetadata) throw new ChartProblem('metadata-too-large', { limit: '1 MiB' })
  return metadata
}

/**
 * Decodes a YAML file: UTF-8, or UTF-16 with a byte order mark.
 * @throws ChartProblem with `code`
 */
export function textOf(body: Uint8Array, path: string, code: ChartProblemCode): string {
  const [first, second] = body
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body)
  } catch {
    throw new ChartProblem(code, { path, reason: `it is not ${encoding.toUpperCase()}` })
  }
}

/**
 * Checks that every document of a values.yaml is a map or empty.
 * Source: helm v4.2.4 `LoadValues`, k8s.io/apimachinery `YAMLReader`.
 */
function checkValues(text: string, budget: Budget): void {
  const refuse = (reason: string) => new ChartProblem('values-syntax', { path: 'values.yaml', reason })
  try {
    for (const document of splitDocuments(text)) {
      const values = readYaml(document, budget)
      if (values !== null && !(values instanceof Map)) throw refuse('it is not a map')
      checkJson(values)
    }
  } catch (error) {
    if (error instanceof YamlError) throw refuse(error.message)
    throw error
  }
}

/** Splits at every line that begins with `---`, which may hold nothing else but a comment. */
function* splitDocuments(text: string): Generator<string> {
  let start = 0
  for (const separator of text.matchAll(/^---(.*)$/gm)) {
    const rest = (separator[1] ?? '').trim()
    if (rest !== '' && !rest.startsWith('#')) throw new YamlError(`“---” is followed by “${rest.slice(0, 100)}”`)
    yield text.slice(start, separator.index)
    start = separator.index + separator[0].length
  }
  yield text.slice(start)
}
