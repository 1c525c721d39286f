import { pathInChart } from './archive-path.ts'
import { ChartFiles, type ChartReading } from './chart-files.ts'
import type { RawMetadata } from './chart-yaml.ts'
import { Effort } from './effort.ts'
import { checkFileName } from './file-name.ts'
import { gunzipStream } from './gunzip.ts'
import type { ChartMetadata } from './metadata.ts'
import { ChartProblem } from './problem.ts'
import { type TarEntry, TarReader } from './tar.ts'
import { WatchedSource } from './watched-source.ts'
import { readYamlHere, type YamlReader, type YamlTask } from './yaml-task.ts'

/** What a chart archive holds. */
export interface ChartArchive {
  metadata: ChartMetadata
  /** In the archive's order; paths inside the chart, `/` between elements; sizes in bytes. The last of a path counts. */
  files: { path: string; size: number }[]
}

/** Decompresses gzip. It may stop reading its source when nobody asks it for more. */
export type Gunzip = (compressed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

/** What an archive is read with. By default the platform's own gunzip, which cannot read everything that helm can. */
export interface ReadingTools {
  readonly gunzip: Gunzip
  readonly readYaml: YamlReader
}

const mebibyte = 1024 * 1024

/** helm's own: `MaxDecompressedFileSize` and `MaxDecompressedChartSize`. */
export const maxFileSize = 5 * mebibyte
export const maxChartSize = 100 * mebibyte

/** helm has no such bounds. They hold for an archive and all that is packaged inside it together. */
export const maxEntries = 100_000
const maxUnpackedSize = 256 * mebibyte
/** Parsing takes half a second a mebibyte and more. */
const maxYamlSize = 10 * mebibyte

/**
 * Reads a chart archive as it streams by and gives helm's verdict on it. Reading stops at the end of the tar, wherever
 * the stream ends; then the source's `return()` is called. What helm does not look at is not kept.
 * @param archive the bytes of a `.tgz`. What it throws is thrown on as it is.
 * @throws ChartProblem when helm would refuse the archive, when it exceeds our bounds, or for an unsafe file name
 * Source: helm v4.2.4 `pkg/chart/loader/archive/archive.go` `LoadArchiveFiles`, `EnsureArchive`.
 */
export async function readChartArchive(
  archive: AsyncIterable<Uint8Array>,
  tools: ReadingTools = { gunzip: gunzipStream, readYaml: readYamlHere },
): Promise<ChartArchive> {
  const files = new Map<string, number>()
  const reading = new Reading(tools)
  const metadata = await reading.read(archive, 0, (path, size) => files.set(path, size))
  checkFileName(metadata.name, metadata.version)
  return { metadata, files: Array.from(files, ([path, size]) => ({ path, size })) }
}

/** The reading of an archive and those inside it, with what is left of their common bounds. */
class Reading implements ChartReading {
  private readonly tools: ReadingTools
  private readonly effort = new Effort()
  /** What reading a YAML file has thrown that says nothing of the archive. */
  private failure: { error: unknown } | null = null
  private entriesLeft = maxEntries
  private bytesLeft = maxUnpackedSize
  private yamlLeft = maxYamlSize

  constructor(tools: ReadingTools) {
    this.tools = tools
  }

  async read(
    archive: AsyncIterable<Uint8Array>,
    depth: number,
    onFile?: (path: string, size: number) => void,
  ): Promise<ChartMetadata> {
    const source = new WatchedSource(archive)
    try {
      if (!startsLikeGzip(await source.peek(3))) throw new ChartProblem('not-gzip')
      return await this.readFiles(source.read(), depth, onFile)
    } catch (error) {
      if (source.failure) throw source.failure.error
      if (this.failure) throw this.failure.error
      // Whatever else goes wrong has its reason in the compressed bytes.
      throw error instanceof ChartProblem ? error : new ChartProblem('damaged-archive')
    } finally {
      await source.close()
    }
  }

  private async readFiles(
    compressed: AsyncIterable<Uint8Array>,
    depth: number,
    onFile?: (path: string, size: number) => void,
  ): Promise<ChartMetadata> {
    const tar = new TarReader(this.bounded(this.tools.gunzip(compressed)), () => this.countEntry())
    const chart = new ChartFiles(this, depth)
    let sizeLeft = maxChartSize
    let empty = true
    try {
      for (let entry = await tar.next(); entry !== null; entry = await tar.next()) {
        if (entry.isDirectory || entry.type === 'g') continue
        const path = pathInChart(entry.name)
        checkSize(entry, sizeLeft)
        const taker = chart.takerOf(path)
        if (taker) await taker(await tar.body())
        else await tar.skipBody()
        sizeLeft -= entry.size
        if (sizeLeft <= 0) throw tooLarge(maxChartSize)
        onFile?.(path, entry.size)
        empty = false
      }
    } finally {
      await tar.close()
    }
    if (empty) throw new ChartProblem('empty-archive')
    return await chart.finish()
  }

  async readPackaged(body: Uint8Array, depth: number): Promise<void> {
    await this.read(chunk(body), depth)
  }

  async readYaml(task: YamlTask): Promise<RawMetadata> {
    try {
      return await this.tools.readYaml(task, this.effort)
    } catch (error) {
      if (!(error instanceof ChartProblem)) this.failure = { error }
      throw error
    }
  }

  countYaml(size: number): void {
    this.yamlLeft -= size
    if (this.yamlLeft < 0) throw new ChartProblem('too-much-yaml', { limit: inMebibytes(maxYamlSize) })
  }

  private countEntry(): void {
    this.entriesLeft--
    if (this.entriesLeft < 0) throw new ChartProblem('too-many-entries', { limit: String(maxEntries) })
  }

  private async *bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of chunks) {
      this.bytesLeft -= bytes.length
      if (this.bytesLeft < 0) throw tooLarge(maxUnpackedSize)
      yield bytes
    }
  }
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function startsLikeGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08
}

function checkSize(entry: TarEntry, sizeLeft: number): void {
  if (entry.size > sizeLeft) throw tooLarge(maxChartSize)
  if (entry.size > maxFileSize) {
    throw new ChartProblem('file-too-large', { path: entry.name, limit: inMebibytes(maxFileSize) })
  }
  // A link with a size promises a body that is not there.
  if (!entry.hasBody && entry.size > 0) throw new ChartProblem('damaged-archive')
}

/** The problem of a chart that is larger than `limit` bytes when unpacked. */
export function tooLarge(limit: number): ChartProblem {
  return new ChartProblem('archive-too-large', { limit: inMebibytes(limit) })
}

/** A limit in bytes as problems say it. */
export function inMebibytes(size: number): string {
  return `${size / mebibyte} MiB`
}
