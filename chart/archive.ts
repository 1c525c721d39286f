import { pathInChart } from './archive-path.ts'
import { Budget } from './budget.ts'
import { ChartFiles, type ChartReading } from './chart-files.ts'
import type { RawMetadata } from './chart-yaml.ts'
import { checkFileName } from './file-name.ts'
import { gunzipStream } from './gunzip.ts'
import type { ChartMetadata } from './metadata.ts'
import { PeekableSource } from './peekable-source.ts'
import { ChartProblem } from './problem.ts'
import { type TarEntry, TarReader } from './tar.ts'
import { readYamlHere, type YamlReader, type YamlTask } from './yaml-task.ts'

/** Contents of a chart archive. */
export interface ChartArchive {
  metadata: ChartMetadata
  /** In archive order; paths inside the chart, separated by `/`; sizes in bytes, of the last entry with that path. */
  files: { path: string; size: number }[]
}

/** Decompresses gzip. May stop reading its source when its output is not consumed. */
export type Gunzip = (compressed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

/** How to decompress an archive and parse its YAML. The default, the platform's gunzip, reads less than helm does. */
export interface ReadingTools {
  readonly gunzip: Gunzip
  readonly readYaml: YamlReader
}

const mebibyte = 1024 * 1024

/** helm's limits, in bytes: `MaxDecompressedFileSize` and `MaxDecompressedChartSize`. */
export const maxFileSize = 5 * mebibyte
export const maxChartSize = 100 * mebibyte

/** Limits that helm does not have, for an archive together with the subchart packages inside it. */
export const maxEntries = 100_000
const maxUnpackedSize = 256 * mebibyte
/** Parsing takes at least half a second per mebibyte. */
const maxYamlSize = 10 * mebibyte

/**
 * Reads a chart archive as a stream and accepts or refuses it as helm would. Reading stops at the end of the tar, even
 * if the stream goes on; then the source's `return()` is called. Files that helm does not look at are not kept.
 * @param archive the bytes of a `.tgz`. Its errors are rethrown unchanged.
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

/** Reads an archive and the archives inside it, which share their limits. */
class Reading implements ChartReading {
  private readonly tools: ReadingTools
  private readonly budget = new Budget()
  /** An error of the YAML reader that is not about the archive. */
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
    const source = new PeekableSource(archive)
    try {
      if (!startsLikeGzip(await source.peek(3))) throw new ChartProblem('not-gzip')
      return await this.readFiles(source.read(), depth, onFile)
    } catch (error) {
      if (source.failure) throw source.failure.error
      if (this.failure) throw this.failure.error
      // Any other error is caused by the compressed bytes.
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
        const handle = chart.handlerFor(path)
        if (handle) await handle(await tar.body())
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
      return await this.tools.readYaml(task, this.budget)
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
  // A link has no body, so its size must be zero.
  if (!entry.hasBody && entry.size > 0) throw new ChartProblem('damaged-archive')
}

/** Returns the problem of a chart that is larger than `limit` bytes when unpacked. */
export function tooLarge(limit: number): ChartProblem {
  return new ChartProblem('archive-too-large', { limit: inMebibytes(limit) })
}

/** Formats a limit in bytes for the details of a problem. */
export function inMebibytes(size: number): string {
  return `${size / mebibyte} MiB`
}
