import { ChartProblem } from './problem.ts'

/**
 * Parses the records of a PAX header, such as `20 path=chart/a.txt\n`.
 * @throws ChartProblem `damaged-archive`
 * Source: Go 1.26 `archive/tar/reader.go` `parsePAX`, `strconv.go` `parsePAXRecord`.
 */
export function readPaxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>()
  for (let rest = bytes; rest.length > 0; ) {
    const space = rest.indexOf(0x20)
    const length = space < 0 ? 0 : decimal(decoder.decode(rest.subarray(0, space)))
    if (length < 5 || length > rest.length || length <= space + 1 || rest[length - 1] !== 0x0a) damaged()
    const record = decoder.decode(rest.subarray(space + 1, length - 1))
    const equals = record.indexOf('=')
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)]
    if (equals < 1 || (textKeys.has(key) ? value : key).includes('\0')) damaged()
    if (value !== '') checkRecord(key, value)
    records.set(key, value)
    rest = rest.subarray(length)
  }
  return records
}

/** Size in a PAX record, which replaces the one in the header; undefined if there is none. */
export function paxSize(records: ReadonlyMap<string, string>): number | undefined {
  const text = records.get('size')
  return text ? decimal(text) : undefined
}

/** Whether the records describe a sparse file. */
export function isSparse(records: ReadonlyMap<string, string>): boolean {
  const [major = '', minor = ''] = [records.get('GNU.sparse.major'), records.get('GNU.sparse.minor')]
  if (major !== '' || minor !== '') return ['0.0', '0.1', '1.0'].includes(`${major}.${minor}`)
  return Boolean(records.get('GNU.sparse.map')) || records.has('GNU.sparse.offset')
}

const textKeys = new Set(['path', 'linkpath', 'uname', 'gname'])

function checkRecord(key: string, value: string): void {
  if (key === 'uid' || key === 'gid' || key === 'size') decimal(value)
  if (/^[amc]time$/.test(key) && !/^[-+]?\d+(?:\.\d*)?$/.test(value)) damaged()
}

function decimal(text: string): number {
  const number = /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(number)) damaged()
  return number
}

function damaged(): never {
  throw new ChartProblem('damaged-archive')
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
