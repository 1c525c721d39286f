/** An entry to write into the tar as given, however invalid. */
export interface ArchiveEntry {
  /** Written unchanged into the name field; names over 100 bytes get a PAX header before them. */
  name: string
  body?: string | Uint8Array
  /** The type flag: '0' a file (the default), '1' hard link, '2' symlink, '5' folder, 'x' PAX, 'L' GNU long name, … */
  type?: string
  mode?: number
  /** Size in the header; by default the length of the body. */
  size?: number
  linkName?: string
  /** The ustar prefix field. */
  prefix?: string
}

/** End of the archive. By default two zero blocks inside one gzip member. */
export interface ArchiveEnding {
  /** Bytes after the last entry, inside the gzip member. */
  tail?: Uint8Array
}

/** Builds a gzipped tar of the entries as given. The same entries make the same bytes. */
export async function makeArchive(entries: readonly ArchiveEntry[], ending: ArchiveEnding = {}): Promise<Uint8Array> {
  return gzip(makeTar(entries, ending))
}

/** Builds the tar of `makeArchive`, without gzip. */
export function makeTar(entries: readonly ArchiveEntry[], ending: ArchiveEnding = {}): Uint8Array {
  return concatBytes([...entries.flatMap(entryBlocks), ending.tail ?? new Uint8Array(2 * blockSize)])
}

/** Compresses with the platform's gzip, which writes no time and no file name. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const compressed = new Response(bytes.slice()).body?.pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(compressed ?? null).arrayBuffer())
}

/** Builds a PAX record such as `30 mtime=1350244992.023960108\n`, whose length includes its own digits. */
export function paxRecord(key: string, value: string): Uint8Array {
  const rest = encoder.encode(` ${key}=${value}\n`)
  let length = rest.length + 1
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return concatBytes([encoder.encode(String(length)), rest])
}

/** Joins byte arrays. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

const blockSize = 512
const encoder = new TextEncoder()

function entryBlocks(entry: ArchiveEntry): Uint8Array[] {
  const body = typeof entry.body === 'string' ? encoder.encode(entry.body) : (entry.body ?? new Uint8Array())
  const padding = new Uint8Array((blockSize - (body.length % blockSize)) % blockSize)
  const name = encoder.encode(entry.name)
  const blocks = [headerBlock(entry, name.slice(0, 100), body.length), body, padding]
  if (name.length <= 100) return blocks
  return [...entryBlocks({ name: 'PaxHeader', type: 'x', body: paxRecord('path', entry.name) }), ...blocks]
}

/** Builds a ustar header. The time is the epoch, so that the bytes do not depend on the day. */
function headerBlock(entry: ArchiveEntry, name: Uint8Array, bodyLength: number): Uint8Array {
  const block = new Uint8Array(blockSize)
  const text = (offset: number, value: string) => block.set(encoder.encode(value), offset)
  const octal = (offset: number, width: number, value: number) =>
    text(offset, `${value.toString(8).padStart(width - 1, '0')}\0`)
  block.set(name, 0)
  octal(100, 8, entry.mode ?? 0o644)
  octal(108, 8, 0)
  octal(116, 8, 0)
  octal(124, 12, entry.size ?? bodyLength)
  octal(136, 12, 0)
  text(148, '        ')
  text(156, entry.type ?? '0')
  text(157, entry.linkName ?? '')
  text(257, 'ustar\x0000')
  octal(329, 8, 0)
  octal(337, 8, 0)
  text(345, entry.prefix ?? '')
  const checksum = block.reduce((sum, byte) => sum + byte, 0)
  text(148, `${checksum.toString(8).padStart(6, '0')}\0 `)
  return block
}
