import { applyChartYaml, applyRequirements, checkLock, checkMetadata, type RawMetadata } from './chart-yaml.ts'
import { checkJson } from './decode.ts'
import type { ChartMetadata } from './metadata.ts'
import { ChartProblem, type ChartProblemCode } from './problem.ts'
import { readYaml } from './yaml.ts'
import { YamlError } from './yaml-error.ts'

/** What the files of a chart are read in. Both throw ChartProblem. */
export interface ChartReading {
  /** Reads a packaged subchart that stands `depth` subcharts deep. */
  readPackaged(archive: Uint8Array, depth: number): Promise<void>
  /** Told of every YAML file before it is parsed. */
  countYaml(size: number): void
}

/** What to do with the body of a file; null when its content does not matter. */
type Taker = ((body: Uint8Array) => void | Promise<void>) | null

/**
 * Takes the files of a chart one by one, in the order of the archive, looks at each that helm looks at, and keeps none.
 * Source: helm v4.2.4 `pkg/chart/v2/loader/load.go` `LoadFiles`.
 */
export class ChartFiles {
  private readonly reading: ChartReading
  private readonly depth: number
  private metadata: RawMetadata | null = null
  private readonly requirements: string[] = []
  private readonly subcharts = new Map<string, ChartFiles | 'packaged'>()

  /** @throws ChartProblem `subcharts-too-deep` */
  constructor(reading: ChartReading, depth: number) {
    if (depth > maxDepth) throw new ChartProblem('subcharts-too-deep', { limit: String(maxDepth) })
    this.reading = reading
    this.depth = depth
  }

  /**
   * What is to be done with the file at `path`; null when its content does not matter.
   * The function throws ChartProblem for a file that helm refuses.
   */
  takerOf(path: string): Taker {
    switch (path) {
      case 'Chart.yaml':
        return (body) => {
          this.metadata = applyChartYaml(this.metadata ?? {}, this.text(body, path, 'chart-yaml-syntax'))
        }
      case 'requirements.yaml':
        // Applied when every Chart.yaml has been.
        return (body) => {
          this.requirements.push(this.text(body, path, 'chart-yaml-syntax'))
        }
      case 'values.yaml':
        return (body) => checkValues(this.text(body, path, 'values-syntax'))
      case 'Chart.lock':
      case 'requirements.lock':
        return (body) => checkLock(this.text(body, path, 'lock-syntax'), path)
    }
    return path.startsWith('charts/') && !path.endsWith('.prov') ? this.takerInSubchart(path.slice(7)) : null
  }

  /**
   * Says what the files make up, once all have been taken.
   * @throws ChartProblem
   */
  finish(): ChartMetadata {
    if (this.metadata === null) throw new ChartProblem('chart-yaml-missing')
    const metadata = checkMetadata(this.requirements.reduce(applyRequirements, this.metadata))
    for (const [name, files] of this.subcharts) {
      if (files !== 'packaged') inSubchart(name, () => files.finish())
    }
    return metadata
  }

  /** YAML may come as UTF-16 too, when it says so. */
  private text(body: Uint8Array, path: string, code: ChartProblemCode): string {
    this.reading.countYaml(body.length)
    const [first, second] = body
    const encoding =
      first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(body)
    } catch {
      throw new ChartProblem(code, { path, reason: `it is not ${encoding.toUpperCase()}` })
    }
  }

  private takerInSubchart(path: string): Taker {
    const [name = '', ...rest] = path.split('/')
    if (/^[_.]/.test(name)) return null
    if (name.endsWith('.tgz')) return this.takerOfPackaged(name, rest)
    const taker = inSubchart(name, () => {
      const files = this.unpacked(name)
      // A file that is a subchart's name itself makes that subchart an empty one.
      return rest.length > 0 ? files.takerOf(rest.join('/')) : null
    })
    return taker && ((body) => inSubchart(name, () => taker(body)))
  }

  private unpacked(name: string): ChartFiles {
    const known = this.subcharts.get(name)
    if (known && known !== 'packaged') return known
    const files = new ChartFiles(this.reading, this.depth + 1)
    this.subcharts.set(name, files)
    return files
  }

  /** Only the first file under that name counts, and it must not be one in a folder of that name. */
  private takerOfPackaged(name: string, rest: string[]): Taker {
    if (this.subcharts.has(name)) return null
    this.subcharts.set(name, 'packaged')
    return (body) =>
      inSubchart(name, () => {
        if (rest.length > 0) throw new ChartProblem('not-gzip')
        return this.reading.readPackaged(body, this.depth + 1)
      })
  }
}

/** helm knows no such bound, and no chart comes near. */
const maxDepth = 50

/** Runs what belongs to a subchart, and says in which one a problem was. */
function inSubchart<T>(name: string, run: () => T): T {
  const refuse = (error: unknown): never => {
    if (!(error instanceof ChartProblem)) throw error
    const { subchart, cause, ...details } = error.details
    const path = subchart === undefined ? `charts/${name}` : `charts/${name}/${subchart}`
    throw new ChartProblem('subchart-broken', { ...details, subchart: path, cause: cause ?? error.code })
  }
  try {
    const result = run()
    return result instanceof Promise ? (result.catch(refuse) as T) : result // the promise that T is
  } catch (error) {
    return refuse(error)
  }
}

/** Every document of a values.yaml is a map, or empty. Source: helm v4.2.4 `LoadValues`, k8s.io/apimachinery `YAMLReader`. */
function checkValues(text: string): void {
  const refuse = (reason: string) => new ChartProblem('values-syntax', { path: 'values.yaml', reason })
  try {
    for (const document of splitDocuments(text)) {
      const values = readYaml(document)
      if (values !== null && !(values instanceof Map)) throw refuse('it is not a map')
      checkJson(values)
    }
  } catch (error) {
    if (error instanceof YamlError) throw refuse(error.message)
    throw error
  }
}

/** Any line that begins with `---` parts documents, and must have nothing else on it but a comment. */
function splitDocuments(text: string): string[] {
  const documents: string[] = []
  let start = 0
  for (const separator of text.matchAll(/^---(.*)$/gm)) {
    const rest = (separator[1] ?? '').trim()
    if (rest !== '' && !rest.startsWith('#')) throw new YamlError(`“---” is followed by “${rest.slice(0, 100)}”`)
    documents.push(text.slice(start, separator.index))
    start = separator.index + separator[0].length
  }
  return [...documents, text.slice(start)]
}
