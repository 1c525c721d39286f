import { ByteReader } from './byte-reader.ts'
import { isSparse, paxSize, readPaxRecords } from './pax.ts'
import { ChartProblem } from './problem.ts'
import { blockSize, decodeCString, readTarHeader, type TarHeader } from './tar-header.ts'

/** An entry of a tar. A link, a device or a folder may claim a size, but has no body. */
export interface TarEntry extends TarHeader {
  isDirectory: boolean
  hasBody: boolean
}

/**
 * Reads a tar entry by entry with the verdict of Go's archive/tar, which helm is built on: what is an end, what is a
 * folder, which of several names counts, what is too damaged to go on. The tar readers for JavaScript take and refuse
 * other things: they rewrite names, stop quietly at a truncation, or take a wrong checksum for the end.
 *
 * Files with holes are refused: nobody packages a chart so.
 * Source: Go 1.26 `archive/tar/reader.go`.
 */
export class TarReader {
  private readonly bytes: ByteReader
  private readonly onHeader: () => void
  private remaining = 0
  private padding = 0
  private extensionBytes = 0

  /** @param onHeader called for every header block, so that the caller can put a bound on them by throwing. */
  constructor(chunks: AsyncIterable<Uint8Array>, onHeader: () => void) {
    this.bytes = new ByteReader(chunks)
    this.onHeader = onHeader
  }

  /**
   * The next entry, passing over what was not read of the last; null at the end of the archive.
   * @throws ChartProblem `damaged-archive`, `archive-too-large`, or what the chunks or `onHeader` throw
   */
  async next(): Promise<TarEntry | null> {
    let pax: Map<string, string> = new Map()
    let longName = ''
    for (;;) {
      const header = await this.nextHeader()
      if (header === null) return null
      if (header.type === 'x') pax = readPaxRecords(await this.extension())
      else if (header.type === 'L') longName = decodeCString(await this.extension())
      else if (header.type === 'K') await this.extension()
      else if (header.type === 'g') {
        readPaxRecords(await this.extension())
        return { ...header, isDirectory: false, hasBody: false }
      } else return this.entry(header, pax, longName)
    }
  }

  /**
   * The body of the entry that `next` gave last, whole.
   * @throws ChartProblem `damaged-archive` when it is cut short
   */
  async body(): Promise<Uint8Array> {
    const length = this.remaining
    this.remaining = 0
    return this.bytes.read(length)
  }

  /** Passes over the body, and makes sure that it is there. @throws ChartProblem `damaged-archive` */
  async skipBody(): Promise<void> {
    const length = this.remaining
    this.remaining = 0
    if ((await this.bytes.skipUpTo(length)) < length) throw new ChartProblem('damaged-archive')
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.bytes.close()
  }

  /** The end is two blocks of zeros, one and the end of the stream, or just the end of the stream. */
  private async nextHeader(): Promise<TarHeader | null> {
    await this.skipBody()
    if ((await this.bytes.skipUpTo(this.padding)) < this.padding) return null
    this.padding = 0
    const block = await this.block()
    if (block === null) return null
    if (block.every(isZero)) {
      const second = await this.block()
      if (second === null || second.every(isZero)) return null
      throw new ChartProblem('damaged-archive')
    }
    this.onHeader()
    const header = readTarHeader(block)
    this.expectBody(isHeaderOnly(header.type) ? 0 : header.size)
    return header
  }

  private async block(): Promise<Uint8Array | null> {
    const block = await this.bytes.readUpTo(blockSize)
    if (block.length === 0) return null
    if (block.length < blockSize) throw new ChartProblem('damaged-archive')
    return block
  }

  private expectBody(size: number): void {
    if (size < 0 || !Number.isSafeInteger(size)) throw new ChartProblem('damaged-archive')
    this.remaining = size
    this.padding = (blockSize - (size % blockSize)) % blockSize
  }

  /** The body of a header that says something about the next one. */
  private async extension(): Promise<Uint8Array> {
    this.extensionBytes += this.remaining
    if (this.remaining > maxExtensionBytes) throw new ChartProblem('damaged-archive')
    if (this.extensionBytes > maxExtensionBytesInAll) throw new ChartProblem('archive-too-large', { limit: '16 MiB' })
    return this.body()
  }

  private entry(header: TarHeader, pax: Map<string, string>, longName: string): TarEntry {
    if (header.type === 'S' || isSparse(pax)) throw new ChartProblem('damaged-archive')
    const name = longName || pax.get('path') || header.name
    const size = paxSize(pax) ?? header.size
    const type = header.type !== '\0' ? header.type : name.endsWith('/') ? '5' : '0'
    const hasBody = !isHeaderOnly(type)
    this.expectBody(hasBody ? size : 0)
    // Besides the type flag, the mode may say so: Go takes the file type bits for it.
    const isDirectory = type === '5' || (header.mode & ~0o7777) === 0o40000
    return { name, type, mode: header.mode, size, isDirectory, hasBody }
  }
}

/** Go's own limit for one, and one for all together, which are kept in memory as names: no real chart comes near. */
const maxExtensionBytes = 1024 * 1024
const maxExtensionBytesInAll = 16 * maxExtensionBytes

/** Links, devices, folders and pipes. */
function isHeaderOnly(type: string): boolean {
  return type >= '1' && type <= '6'
}

function isZero(byte: number): boolean {
  return byte === 0
}
