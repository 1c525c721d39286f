import { archiveFileName } from './file-name.ts'
import type { ChartMetadata } from './metadata.ts'

/** Bytes of an entry as written at most. */
export const ENTRY_BYTES = 64 * 1024
/** Characters of a text that is kept of an entry that has more than {@link ENTRY_BYTES}, at most. */
const LONG_TEXT = 1024
/** Bytes of a key as written at most: YAML has an end to the length of a key on one line, at 1,024. */
const LONGEST_KEY = 1000

/**
 * A version's entry of index.yaml: one line of JSON that every helm reads as the YAML that it is, whatever the chart
 * says of itself, of at most {@link ENTRY_BYTES}. `digest` is bare hex, `created` RFC 3339.
 * Source: helm `pkg/repo/index.go` `ChartVersion`; YAML 1.2, 5.1 and 7.3.1.
 */
export function indexEntry(
  metadata: ChartMetadata,
  file: { readonly fileName: string; readonly digest: string; readonly created: string },
): string {
  return writeEntry({
    ...metadata,
    urls: [`charts/${urlOf(file.fileName)}`],
    created: file.created,
    digest: file.digest,
  })
}

/** Whether the index and lists leave out some of what a chart says of itself. */
export function isCutInIndex(metadata: ChartMetadata): boolean {
  const file = { fileName: archiveFileName(metadata.name, metadata.version), digest: '0'.repeat(64), created: NOW }
  return (
    sizeOf({ ...metadata, urls: [`charts/${urlOf(file.fileName)}`], created: NOW, digest: file.digest }) > ENTRY_BYTES
  )
}

/** As long as any time. */
const NOW = '2026-01-01T00:00:00.000Z'

/** What the index says of a version: `Chart.yaml`, and where the archive is. */
export interface IndexEntry extends ChartMetadata {
  urls: string[]
  created: string
  digest: string
}

/**
 * Writes an entry as it stands in the index. Above {@link ENTRY_BYTES}, annotations are cut from their end. Where that
 * is not enough, all other texts over 1 KiB are left out but name, version, URLs and digest, and then annotations,
 * keywords, sources, maintainers and dependencies are cut from their end, in this order.
 */
export function writeEntry(entry: IndexEntry): string {
  const written = asYaml(entry)
  const over = bytesOf(written) - ENTRY_BYTES
  if (over <= 0) return written
  if (bytesOf(asYaml(entry.annotations ?? {})) >= over) {
    const cut = asYaml(cutList(entry, 'annotations', over))
    if (bytesOf(cut) <= ENTRY_BYTES) return cut
  }
  let kept = withoutLongTexts(entry)
  for (const field of LISTS) {
    const still = sizeOf(kept) - ENTRY_BYTES
    if (still <= 0) break
    kept = cutList(kept, field, still)
  }
  return asYaml(kept)
}

const LISTS = ['annotations', 'keywords', 'sources', 'maintainers', 'dependencies'] as const
const ALWAYS_KEPT: readonly string[] = ['name', 'version', 'created', 'digest']

function withoutLongTexts(entry: IndexEntry): IndexEntry {
  const kept = Object.entries(entry).filter(
    ([field, value]) => ALWAYS_KEPT.includes(field) || typeof value !== 'string' || value.length <= LONG_TEXT,
  )
  return { ...Object.fromEntries(kept) } as IndexEntry // what is left out is optional
}

/** Without the last of these, as many as it takes to save so many bytes, if there are as many. */
function cutList(entry: IndexEntry, field: (typeof LISTS)[number], over: number): IndexEntry {
  const { [field]: list, ...rest } = entry
  if (list === undefined) return entry
  const items = Array.isArray(list) ? list.map((item) => item as unknown) : Object.entries(list)
  let saved = 0
  while (saved < over && items.length > 0) saved += bytesOf(asYaml(items.pop())) - (Array.isArray(list) ? 0 : 2)
  if (items.length === 0) return rest
  // In its place, so that the fields keep helm's order.
  const cut = Array.isArray(list) ? items : Object.fromEntries(items as [string, string][]) // as they were made
  return { ...entry, [field]: cut }
}

function sizeOf(entry: IndexEntry): number {
  return bytesOf(asYaml(entry))
}

const ENCODER = new TextEncoder()

function bytesOf(text: string): number {
  return ENCODER.encode(text).length
}

/**
 * A chart's name as a key of the index: JSON that is YAML too. Null when YAML could not read a key that long: such a
 * chart is left out, as the whole namespace would be unreadable with it.
 */
export function indexKey(name: string): string | null {
  const key = escaped(JSON.stringify(name.toWellFormed()))
  return bytesOf(key) - 2 <= LONGEST_KEY ? key : null
}

/** A file name inside a URL. A `+`, as in a version, stands for itself in a path, and clients expect to see it. */
function urlOf(fileName: string): string {
  return encodeURIComponent(fileName.toWellFormed()).replaceAll('%2B', '+')
}

/** JSON that is YAML too: YAML takes no halves of characters, even escaped, and nothing that does not print, unescaped. */
function asYaml(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') return part.toWellFormed()
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    const entries = Object.entries(part).map(([key, field]) => [key.toWellFormed(), field] as const)
    return Object.fromEntries(entries.filter(([key]) => bytesOf(escaped(JSON.stringify(key))) - 2 <= LONGEST_KEY))
  }).replace(NOT_PRINTED, escapeUnit)
}

/** What JSON leaves as it is, but YAML holds for a line break, a byte order mark, or no character at all. */
const NOT_PRINTED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

function escaped(json: string): string {
  return json.replace(NOT_PRINTED, escapeUnit)
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
