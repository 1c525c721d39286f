import { checkMetadata, type RawMetadata } from './chart-yaml.ts'
import type { ChartMetadata } from './metadata.ts'
import { ChartProblem } from './problem.ts'
import type { YamlTask } from './yaml-task.ts'

/** Operations that {@link ChartFiles} needs from the reader of the archive. All throw ChartProblem. */
export interface ChartReading {
  /** Reads a packaged subchart, nested `depth` levels deep. */
  readPackaged(archive: Uint8Array, depth: number): Promise<void>
  /** Reads a YAML file; returns the metadata of the chart so far. */
  readYaml(task: YamlTask): Promise<RawMetadata>
  /** Counts the bytes of a YAML file against the limit, before it is read. */
  countYaml(size: number): void
}

/** Reads the body of a file; null when its content does not matter. */
type FileHandler = ((body: Uint8Array) => void | Promise<void>) | null

/**
 * Checks the files of a chart one by one, in archive order, as far as helm looks at them. Keeps no file.
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
   * Returns the function that reads the body of the file at `path`; null when its content does not matter.
   * The function throws ChartProblem for a file that helm refuses.
   */
  handlerFor(path: string): FileHandler {
    switch (path) {
      case 'Chart.yaml':
        return async (body) => {
          this.metadata = await this.read('chart-yaml', path, body)
        }
      case 'requirements.yaml':
        // Applied in `finish`, after every Chart.yaml.
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
    return path.startsWith('charts/') && !path.endsWith('.prov') ? this.subchartHandler(path.slice(7)) : null
  }

  /**
   * Returns the checked metadata of the chart. Called after the last file.
   * @throws ChartProblem when the chart or one of its subcharts is invalid
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

  private subchartHandler(path: string): FileHandler {
    const [name = '', ...rest] = path.split('/')
    if (/^[_.]/.test(name)) return null
    if (name.endsWith('.tgz')) return this.packageHandler(name, rest)
    const handle = inSubchart(name, () => {
      const files = this.unpacked(name)
      // A plain file directly in charts/ counts as a subchart without files.
      return rest.length > 0 ? files.handlerFor(rest.join('/')) : null
    })
    return handle && ((body) => inSubchart(name, () => handle(body)))
  }

  private unpacked(name: string): ChartFiles {
    const known = this.subcharts.get(name)
    if (known && known !== 'packaged') return known
    const files = new ChartFiles(this.reading, this.depth + 1)
    this.subcharts.set(name, files)
    return files
  }

  /** Only the first entry with this name counts, and it must be a file, not a folder. */
  private packageHandler(name: string, rest: string[]): FileHandler {
    if (this.subcharts.has(name)) return null
    this.subcharts.set(name, 'packaged')
    return (body) =>
      inSubchart(name, () => {
        if (rest.length > 0) throw new ChartProblem('not-gzip')
        return this.reading.readPackaged(body, this.depth + 1)
      })
  }
}

/** helm has no such limit; no real chart comes near it. */
export const maxDepth = 50

/** Runs `run` and turns its ChartProblem, sync or async, into `subchart-broken` with the path of the subchart. */
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
