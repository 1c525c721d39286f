import { checkMetadata, type RawMetadata } from './chart-yaml.ts'
import type { ChartMetadata } from './metadata.ts'
import { ChartProblem } from './problem.ts'
import type { YamlTask } from './yaml-task.ts'

/** What the files of a chart are read in. Both throw ChartProblem. */
export interface ChartReading {
  /** Reads a packaged subchart that stands `depth` subcharts deep. */
  readPackaged(archive: Uint8Array, depth: number): Promise<void>
  /** Reads a YAML file; answers with what the chart's files say by now. */
  readYaml(task: YamlTask): Promise<RawMetadata>
  /** Told of a YAML file that is read later. */
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
  private readonly requirements: Uint8Array[] = []
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
        return async (body) => {
          this.metadata = await this.read('chart-yaml', path, body)
        }
      case 'requirements.yaml':
        // Applied when every Chart.yaml has been.
        return (body) => {
          this.reading.countYaml(body.length)
          this.requirements.push(body)
        }
      case 'values.yaml':
        return async (body) => void (await this.read('values', path, body))
      case 'Chart.lock':
      case 'requirements.lock':
        return async (body) => void (await this.read('lock', path, body))
    }
    return path.startsWith('charts/') && !path.endsWith('.prov') ? this.takerInSubchart(path.slice(7)) : null
  }

  /**
   * Says what the files make up, once all have been taken.
   * @throws ChartProblem
   */
  async finish(): Promise<ChartMetadata> {
    if (this.metadata === null) throw new ChartProblem('chart-yaml-missing')
    for (const body of this.requirements) {
      this.metadata = await this.read('requirements', 'requirements.yaml', body)
    }
    const metadata = checkMetadata(this.metadata)
    for (const [name, files] of this.subcharts) {
      if (files !== 'packaged') await inSubchart(name, () => files.finish())
    }
    return metadata
  }

  private read(kind: YamlTask['kind'], path: string, body: Uint8Array): Promise<RawMetadata> {
    if (kind !== 'requirements') this.reading.countYaml(body.length)
    return this.reading.readYaml({ kind, path, body, before: this.metadata ?? {} })
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
export const maxDepth = 50

/** Runs what belongs to a subchart, and says in which one a problem was. */
export function inSubchart<T>(name: string, run: () => T): T {
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
