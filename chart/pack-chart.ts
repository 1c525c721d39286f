import { packTar } from 'modern-tar'
import { inMebibytes, maxChartSize, maxEntries, maxFileSize, tooLarge } from './archive.ts'
import { pathInChart } from './archive-path.ts'
import { inSubchart, maxDepth } from './chart-files.ts'
import { readChartYaml } from './chart-yaml.ts'
import { archiveFileName, checkFileName } from './file-name.ts'
import { gunzipStream } from './gunzip.ts'
import { readHelmignore } from './helmignore.ts'
import { ChartProblem } from './problem.ts'
import { TarReader } from './tar.ts'
import { textOf } from './yaml-task.ts'

/** A file of a chart folder: its path inside the folder, separated by `/`, and its size in bytes. */
export interface FolderFile {
  readonly path: string
  readonly size: number
  readonly read: () => Promise<Uint8Array>
}

export interface PackedChart {
  /** `NAME-VERSION.tgz` */
  readonly fileName: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Packages a chart folder as `helm package` does: the files not ignored by .helmignore, in helm's order, in a folder
 * named after the chart; packaged subcharts are unpacked into folders. Ignored files are not read.
 *
 * Unlike helm, it keeps the author's bytes of Chart.yaml and Chart.lock and writes no times: the same files make the same
 * package on the same platform. A v2 chart therefore keeps its requirements.yaml, which helm would write into Chart.yaml.
 * @throws ChartProblem for a chart that cannot be packaged; the errors of `read`
 * Source: helm `pkg/chart/loader/directory.go` `LoadDir`, `load.go` `LoadFiles`, `pkg/chartutil/save.go` `Save`.
 */
export async function packChart(files: readonly FolderFile[]): Promise<PackedChart> {
  const limits = new PackageLimits()
  const kept: ChartFile[] = []
  for (const { path, size, read } of await withoutIgnored(files)) {
    limits.takeEntry()
    limits.takeBytes(path, size)
    kept.push({ path, body: withoutByteOrderMark(await read()) })
  }
  const chart = await packagedFiles(kept, limits, 0)
  checkFileName(chart.name, chart.version)
  const tar = await packTar(
    chart.files.map(({ path, body }) => ({
      header: { name: `${chart.name}/${path}`, size: body.length, mode: 0o644, mtime: new Date(0) },
      body,
    })),
  )
  return { fileName: archiveFileName(chart.name, chart.version), bytes: await gzip(tar) }
}

interface ChartFile {
  readonly path: string
  readonly body: Uint8Array
}

/** Remaining size and number of entries of a package: the registry's limits, which are helm's where helm has one. */
class PackageLimits {
  private bytes = maxChartSize
  private entries = maxEntries

  takeEntry(): void {
    this.entries--
    if (this.entries < 0) throw new ChartProblem('too-many-entries', { limit: String(maxEntries) })
  }

  takeBytes(path: string, size: number): void {
    if (size > maxFileSize) throw new ChartProblem('file-too-large', { path, limit: inMebibytes(maxFileSize) })
    this.bytes -= size
    if (this.bytes <= 0) throw tooLarge(maxChartSize)
  }
}

async function withoutIgnored(files: readonly FolderFile[]): Promise<FolderFile[]> {
  const helmignore = files.find(({ path }) => path === '.helmignore')
  if (helmignore && helmignore.size > maxFileSize) {
    throw new ChartProblem('file-too-large', { path: helmignore.path, limit: inMebibytes(maxFileSize) })
  }
  const isIgnored = readHelmignore(helmignore ? new TextDecoder().decode(await helmignore.read()) : '')
  return files.filter(({ path }) => !isIgnored(path)).toSorted(byPath)
}

/** Order of a walk through the folder: the files of a subfolder come where its name sorts. */
function byPath(one: FolderFile, other: FolderFile): number {
  const [a, b] = [one.path.replaceAll('/', '\0'), other.path.replaceAll('/', '\0')]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Files of a chart in package order, those of its subcharts last. */
async function packagedFiles(
  files: readonly ChartFile[],
  limits: PackageLimits,
  depth: number,
): Promise<{ name: string; version: string; files: ChartFile[] }> {
  if (depth > maxDepth) throw new ChartProblem('subcharts-too-deep', { limit: String(maxDepth) })
  const chartYaml = files.find(({ path }) => path === 'Chart.yaml')
  if (!chartYaml) throw new ChartProblem('chart-yaml-missing')
  const { name, version, apiVersion } = readChartYaml(textOf(chartYaml.body, 'Chart.yaml', 'chart-yaml-syntax'))
  const isSubchartFile = ({ path }: ChartFile) => path.startsWith('charts/') && !path.endsWith('.prov')
  const own = files.filter((file) => !isSubchartFile(file) && !(apiVersion === 'v1' && file.path === 'Chart.lock'))
  const packaged = own.toSorted((one, other) => rank(one.path) - rank(other.path))

  const folders = new Set<string>()
  const subcharts = Map.groupBy(files.filter(isSubchartFile), ({ path }) => path.split('/')[1] ?? '')
  for (const [entry, inside] of subcharts) {
    if (/^[_.]/.test(entry)) continue
    const subchart = await inSubchart(entry, async () => {
      const unpacked = entry.endsWith('.tgz') ? await unpack(entry, inside, limits) : relativeTo(entry, inside)
      return packagedFiles(unpacked, limits, depth + 1)
    })
    // Two versions of a subchart share a name; helm would overwrite one with the other.
    const folder = folders.has(subchart.name) ? entry.replace(/\.tgz$/, '') : subchart.name
    folders.add(folder)
    for (const { path, body } of subchart.files) packaged.push({ path: `charts/${folder}/${path}`, body })
  }
  return { name, version, files: packaged }
}

const FIRST = ['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json']

function rank(path: string): number {
  const index = FIRST.indexOf(path)
  if (index !== -1) return index
  return path.startsWith('templates/') ? FIRST.length : FIRST.length + 1
}

/** A plain file directly in `charts/` becomes a subchart without files, which is then refused as in helm. */
function relativeTo(folder: string, files: readonly ChartFile[]): ChartFile[] {
  const prefix = `charts/${folder}/`
  return files.flatMap(({ path, body }) => (path.startsWith(prefix) ? { path: path.slice(prefix.length), body } : []))
}

async function unpack(entry: string, [first]: readonly ChartFile[], limits: PackageLimits): Promise<ChartFile[]> {
  if (!first || first.path !== `charts/${entry}`) throw new ChartProblem('not-gzip')
  const files = new Map<string, ChartFile>()
  const tar = new TarReader(gunzipStream(chunk(first.body)), () => limits.takeEntry())
  try {
    for (let next = await tar.next(); next !== null; next = await tar.next()) {
      if (next.isDirectory || next.type === 'g') continue
      const path = pathInChart(next.name)
      limits.takeBytes(path, next.size)
      files.set(path, { path, body: withoutByteOrderMark(await tar.body()) })
    }
  } catch (error) {
    // Any other error is caused by the compressed bytes.
    throw error instanceof ChartProblem ? error : new ChartProblem('damaged-archive')
  } finally {
    await tar.close()
  }
  return [...files.values()]
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Drops a UTF-8 byte order mark, as helm does from every file of a chart. */
function withoutByteOrderMark(body: Uint8Array): Uint8Array {
  const isMarked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  return isMarked ? body.subarray(3) : body
}

/** Compresses with the platform's gzip, which writes no time and no file name. */
async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(compressed).arrayBuffer())
}
