import { applyChartYaml, applyRequirements, checkLock, type RawMetadata } from './chart-yaml.ts'
import { checkJson } from './decode.ts'
import { asProblem, type Effort } from './effort.ts'
import { ChartProblem, type ChartProblemCode } from './problem.ts'
import { readYaml } from './yaml.ts'
import { YamlError } from './yaml-error.ts'

/**
 * A YAML file of a chart that is to be read. Plain data, as is what comes of it: it may go to another thread, because
 * a file made to hurt takes seconds.
 */
export interface YamlTask {
  readonly kind: 'chart-yaml' | 'requirements' | 'values' | 'lock'
  /** Inside the chart. */
  readonly path: string
  readonly body: Uint8Array
  /** What the files read before say; those that are only checked leave it as it is. */
  readonly before: RawMetadata
}

/** Does a task, here or elsewhere. Throws ChartProblem. What it takes is spent of `effort`. */
export type YamlReader = (task: YamlTask, effort: Effort) => RawMetadata | Promise<RawMetadata>

/** Does a task here and now. */
export const readYamlHere: YamlReader = (task, effort) => {
  try {
    return runYamlTask(task, effort)
  } catch (error) {
    throw asProblem(error, task.path)
  }
}

/**
 * Does a task.
 * @returns what the chart's files say by now
 * @throws ChartProblem, EffortError
 */
export function runYamlTask({ kind, path, body, before }: YamlTask, effort: Effort): RawMetadata {
  const text = textOf(body, path, SYNTAX[kind])
  switch (kind) {
    case 'chart-yaml':
      return bounded(applyChartYaml(before, text, effort))
    case 'requirements':
      return bounded(applyRequirements(before, text, effort))
    case 'values':
      checkValues(text, effort)
      return before
    case 'lock':
      checkLock(text, path, effort)
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
 * Characters that a chart may say of itself, as JSON. All of it is kept with every version, and is in every index and
 * list; helm puts a whole release into a Secret, which holds as much.
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

/** Every document of a values.yaml is a map, or empty. Source: helm v4.2.4 `LoadValues`, k8s.io/apimachinery `YAMLReader`. */
function checkValues(text: string, effort: Effort): void {
  const refuse = (reason: string) => new ChartProblem('values-syntax', { path: 'values.yaml', reason })
  try {
    for (const document of splitDocuments(text)) {
      const values = readYaml(document, effort)
      if (values !== null && !(values instanceof Map)) throw refuse('it is not a map')
      checkJson(values)
    }
  } catch (error) {
    if (error instanceof YamlError) throw refuse(error.message)
    throw error
  }
}

/** Any line that begins with `---` parts documents, and must have nothing else on it but a comment. */
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
