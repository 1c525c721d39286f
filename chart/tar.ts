import { ByteReader } from './byte-reader.ts'
import { isSparse, paxSize, readPaxRecords } from './pax.ts'
import { ChartProblem } from './problem.ts'
import { blockSize, decodeCString, readTarHeader, type TarHeader } from './tar-header.ts'

/** An entry of a tar archive. A link, a device or a folder may claim a size, but has no body. */
export interface TarEntry extends TarHeader {
  isDirectory: boolean
  hasBody: boolean
}

/**
 * Reads a tar archive entry by entry, with the verdicts of Go's archive/tar, which helm uses: where the archive ends,
 * which entry is a folder, which of several names counts, which damage is fatal. The tar readers for JavaScript differ:
 * they rewrite names, ignore a truncation, or take a wrong checksum for the end.
 *
 * Sparse files are refused: charts do not contain any.
 * Source: Go 1.26 `archive/tar/reader.go`.
 */
export class TarReader {
  private readonly bytes: ByteReader
  private readonly onHeader: () => void
  private remaining = 0
  private padding = 0
  private extensionBytes = 0

  /** @param onHeader called for every header block, so that the caller can limit their number by throwing. */
  constructor(chunks: AsyncIterable<Uint8Array>, onHeader: () => void) {
    this.bytes = new ByteReader(chunks)
    this.onHeader = onHeader
  }

  /**
   * Returns the next entry, skipping the unread rest of the last one; null at the end of the archive.
   * @throws ChartProblem `damaged-archive`, `archive-too-large`; the errors of the chunks and of `onHeader`
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
   * Returns the whole body of the entry that `next` returned last.
   * @throws ChartProblem `damaged-archive` when it is truncated
   */
  async body(): Promise<Uint8Array> {
    const length = this.remaining
    this.remaining = 0
    return this.bytes.read(length)
  }

  /** Skips the body. @throws ChartProblem `damaged-archive` when it is truncated */
  async skipBody(): Promise<void> {
    const length = this.remaining
    this.remaining = 0
    if ((await this.bytes.skipUpTo(length)) < length) throw new ChartProblem('damaged-archive')
  }

  /** Releases the stream. */
  async close(): Promise<void> {
    await this.bytes.close()
  }

  /** Null at the end of the archive: two zero blocks, one followed by the end of the stream, or the end of the stream. */
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

  /** Body of an extension header, which describes the next entry. */
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
    // Like Go, also look at the file type bits of the mode, not only at the type flag.
    const isDirectory = type === '5' || (header.mode & ~0o7777) === 0o40000
    return { name, type, mode: header.mode, size, isDirectory, hasBody }
  }
}

/** Go's limit for one extension header, and ours for all together, as they are held in memory. No real chart comes near. */
const maxExtensionBytes = 1024 * 1024
const maxExtensionBytesInAll = 16 * maxExtensionBytes

/** Links, devices, folders and pipes. */
function isHeaderOnly(type: string): boolean {
  return type >= '1' && type <= '6'
}

function isZero(byte: number): boolean {
  return byte === 0
}
