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

/** A file of a chart folder: its path inside the folder, `/` between elements; its size in bytes. */
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
 * Packages a chart folder as `helm package` does: the files that .helmignore leaves, in helm's order, below a folder
 * with the chart's name; packaged subcharts are unpacked into folders. Files that .helmignore covers are not read.
 *
 * Unlike helm, Chart.yaml and Chart.lock keep the author's bytes, and no time is written: the same files make the same
 * package on the same platform. So that nothing is lost with it, a v2 chart keeps a requirements.yaml, which helm would
 * write into Chart.yaml.
 * @throws ChartProblem for a chart that cannot be packaged, or what `read` throws
 * Source: helm `pkg/chart/loader/directory.go` `LoadDir`, `load.go` `LoadFiles`, `pkg/chartutil/save.go` `Save`.
 */
export async function packChart(files: readonly FolderFile[]): Promise<PackedChart> {
  const room = new Room()
  const kept: ChartFile[] = []
  for (const { path, size, read } of await withoutIgnored(files)) {
    room.takeEntry()
    room.takeBytes(path, size)
    kept.push({ path, body: withoutByteOrderMark(await read()) })
  }
  const chart = await packagedFiles(kept, room, 0)
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

/** What is left of a package's bounds: those of the registry, which are helm's where helm has one. */
class Room {
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

/** As a walk through folders finds them: a folder's files stand where its name does. */
function byPath(one: FolderFile, other: FolderFile): number {
  const [a, b] = [one.path.replaceAll('/', '\0'), other.path.replaceAll('/', '\0')]
  return a < b ? -1 : a > b ? 1 : 0
}

/** The files of a chart in the order of its package, those of its subcharts last. */
async function packagedFiles(
  files: readonly ChartFile[],
  room: Room,
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
      const unpacked = entry.endsWith('.tgz') ? await unpack(entry, inside, room) : relativeTo(entry, inside)
      return packagedFiles(unpacked, room, depth + 1)
    })
    // Two versions of a chart have the same name; helm would write one over the other.
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

/** What lies directly in `charts/` and is no package makes a subchart without files, which is then refused, as by helm. */
function relativeTo(folder: string, files: readonly ChartFile[]): ChartFile[] {
  const prefix = `charts/${folder}/`
  return files.flatMap(({ path, body }) => (path.startsWith(prefix) ? { path: path.slice(prefix.length), body } : []))
}

async function unpack(entry: string, [first]: readonly ChartFile[], room: Room): Promise<ChartFile[]> {
  if (!first || first.path !== `charts/${entry}`) throw new ChartProblem('not-gzip')
  const files = new Map<string, ChartFile>()
  const tar = new TarReader(gunzipStream(chunk(first.body)), () => room.takeEntry())
  try {
    for (let next = await tar.next(); next !== null; next = await tar.next()) {
      if (next.isDirectory || next.type === 'g') continue
      const path = pathInChart(next.name)
      room.takeBytes(path, next.size)
      files.set(path, { path, body: withoutByteOrderMark(await tar.body()) })
    }
  } catch (error) {
    // Whatever else goes wrong has its reason in the compressed bytes.
    throw error instanceof ChartProblem ? error : new ChartProblem('damaged-archive')
  } finally {
    await tar.close()
  }
  return [...files.values()]
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** helm drops it from every file of a chart. */
function withoutByteOrderMark(body: Uint8Array): Uint8Array {
  const isMarked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  return isMarked ? body.subarray(3) : body
}

/** Compresses with the platform's gzip, which writes no time and no name. */
async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(compressed).arrayBuffer())
}
