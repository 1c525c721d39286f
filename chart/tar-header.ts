import { ChartProblem } from './problem.ts'

/** Size of a tar block in bytes. Headers are one block; bodies are padded to blocks. */
export const blockSize = 512

/** The fields of a header block that are used. */
export interface TarHeader {
  name: string
  /** The type flag as a character; '\0' is an old form of '0'. */
  type: string
  mode: number
  size: number
}

/**
 * Parses a header block as strictly as Go's archive/tar: a wrong checksum or number makes the archive unreadable, and
 * the format (ustar, star, GNU) decides where the prefix of a long name is stored.
 * @throws ChartProblem `damaged-archive`
 * Source: Go 1.26 `archive/tar/reader.go` `readHeader`, `format.go` `getFormat`.
 */
export function readTarHeader(block: Uint8Array): TarHeader {
  checkChecksum(block)
  const format = formatOf(block)
  const size = numberIn(block, 124, 12)
  const mode = numberIn(block, 100, 8)
  for (const [offset, length] of [...v7Numbers, ...(format === 'v7' ? [] : deviceNumbers)]) {
    numberIn(block, offset, length)
  }
  const prefix = prefixOf(block, format)
  const name = textIn(block, 0, 100)
  return { name: prefix === '' ? name : `${prefix}/${name}`, type: String.fromCharCode(block[156] ?? 0), mode, size }
}

// Owner, group and time; major and minor device number.
const v7Numbers = [
  [108, 8],
  [116, 8],
  [136, 12],
] as const
const deviceNumbers = [
  [329, 8],
  [337, 8],
] as const

type Format = 'v7' | 'ustar' | 'star' | 'gnu'

function formatOf(block: Uint8Array): Format {
  const magic = latin1(block.subarray(257, 265))
  if (magic.startsWith('ustar\0')) return latin1(block.subarray(508, 512)) === 'tar\0' ? 'star' : 'ustar'
  return magic === 'ustar  \0' ? 'gnu' : 'v7'
}

function prefixOf(block: Uint8Array, format: Format): string {
  switch (format) {
    case 'v7':
      return ''
    case 'ustar':
      return textIn(block, 345, 155)
    case 'star':
      numberIn(block, 476, 12)
      numberIn(block, 488, 12)
      return textIn(block, 345, 131)
    case 'gnu':
      return gnuPrefix(block)
  }
}

/** GNU headers have times in place of the prefix, but an old writer put a prefix there nevertheless. */
function gnuPrefix(block: Uint8Array): string {
  const isTime = (offset: number) => block[offset] === 0 || parseNumber(block.subarray(offset, offset + 12)) !== null
  if (isTime(345) && isTime(357)) return ''
  const prefix = textIn(block, 345, 155)
  return [...prefix].every((character) => character < '\u0080') ? prefix : ''
}

/** Accepts both checksums in use: the sum of unsigned bytes, and of signed bytes. */
function checkChecksum(block: Uint8Array): void {
  let unsigned = 0
  let signed = 0
  for (let index = 0; index < blockSize; index++) {
    const byte = index >= 148 && index < 156 ? 0x20 : (block[index] ?? 0)
    unsigned += byte
    signed += byte < 0x80 ? byte : byte - 0x100
  }
  const stored = parseOctal(block.subarray(148, 156))
  if (stored !== unsigned && stored !== signed) throw new ChartProblem('damaged-archive')
}

function numberIn(block: Uint8Array, offset: number, length: number): number {
  const number = parseNumber(block.subarray(offset, offset + length))
  if (number === null) throw new ChartProblem('damaged-archive')
  return number
}

/** Parses a number in octal digits or, with the first bit set, in binary. Null if invalid or beyond 64 bits. */
function parseNumber(bytes: Uint8Array): number | null {
  const [first = 0] = bytes
  if ((first & 0x80) === 0) return parseOctal(bytes)
  const inverted = (first & 0x40) !== 0
  let number = 0n
  for (const [index, byte] of bytes.entries()) {
    const bits = (inverted ? byte ^ 0xff : byte) & (index === 0 ? 0x7f : 0xff)
    number = number * 256n + BigInt(bits)
  }
  if (number >= 2n ** 63n) return null
  return Number(inverted ? -number - 1n : number)
}

function parseOctal(bytes: Uint8Array): number | null {
  // Fields are padded with spaces or zero bytes at either end.
  const trimmed = latin1(bytes).replace(/^[ \0]+|[ \0]+$/g, '')
  const digits = trimmed.split('\0', 1)[0] ?? ''
  if (digits === '') return 0
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function textIn(block: Uint8Array, offset: number, length: number): string {
  return decodeCString(block.subarray(offset, offset + length))
}

/** Decodes text up to the first zero byte, or all of it without one. */
export function decodeCString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
