import { archiveFileName } from './file-name.ts'
import type { ChartMetadata } from './metadata.ts'

/** Maximum size of an entry as written, in bytes. */
export const ENTRY_BYTES = 64 * 1024
/** In an entry above {@link ENTRY_BYTES}, longer texts (in characters) may be left out. */
const LONG_TEXT = 1024
/** Maximum size of a key as written, in bytes. YAML limits a key on one line to 1,024 characters. */
const LONGEST_KEY = 1000

/**
 * Writes a version's entry of index.yaml: one line of JSON, at most {@link ENTRY_BYTES}, that every helm reads as YAML
 * whatever the chart contains. `digest` is bare hex, `created` RFC 3339.
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

/** Whether the chart's metadata is cut in the index and in lists because it is too large. */
export function isCutInIndex(metadata: ChartMetadata): boolean {
  const file = { fileName: archiveFileName(metadata.name, metadata.version), digest: '0'.repeat(64), created: NOW }
  return (
    sizeOf({ ...metadata, urls: [`charts/${urlOf(file.fileName)}`], created: NOW, digest: file.digest }) > ENTRY_BYTES
  )
}

/** Stands in for the creation time; all have the same length. */
const NOW = '2026-01-01T00:00:00.000Z'

/** An entry of index.yaml: the metadata of Chart.yaml and the location of the archive. */
export interface IndexEntry extends ChartMetadata {
  urls: string[]
  created: string
  digest: string
}

/**
 * Writes an entry as the index holds it. Above {@link ENTRY_BYTES}, annotations are cut from their end. If that is not
 * enough, all texts over 1 KiB except name, version, URLs and digest are left out, and then annotations, keywords,
 * sources, maintainers and dependencies are cut from their end, in this order.
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

/** Removes items from the end of a list until `over` bytes are saved or the list is empty. */
function cutList(entry: IndexEntry, field: (typeof LISTS)[number], over: number): IndexEntry {
  const { [field]: list, ...rest } = entry
  if (list === undefined) return entry
  const items = Array.isArray(list) ? list.map((item) => item as unknown) : Object.entries(list)
  let saved = 0
  while (saved < over && items.length > 0) saved += bytesOf(asYaml(items.pop())) - (Array.isArray(list) ? 0 : 2)
  if (items.length === 0) return rest
  // Replaced in place, so that the fields keep helm's order.
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
 * Writes a chart's name as a key of the index: JSON that is valid YAML. Null when the key is too long for YAML; such a
 * chart is left out, because it would make the whole index unreadable.
 */
export function indexKey(name: string): string | null {
  const key = escaped(JSON.stringify(name.toWellFormed()))
  return bytesOf(key) - 2 <= LONGEST_KEY ? key : null
}

/** Encodes a file name for a URL. Keeps `+`, which is literal in a path and which clients expect there. */
function urlOf(fileName: string): string {
  return encodeURIComponent(fileName.toWellFormed()).replaceAll('%2B', '+')
}

/** Writes JSON that is valid YAML: without lone surrogates, and with non-printable characters escaped. */
function asYaml(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') return part.toWellFormed()
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    const entries = Object.entries(part).map(([key, field]) => [key.toWellFormed(), field] as const)
    return Object.fromEntries(entries.filter(([key]) => bytesOf(escaped(JSON.stringify(key))) - 2 <= LONGEST_KEY))
  }).replace(NOT_PRINTED, escapeUnit)
}

/** Characters that JSON leaves unescaped, but YAML reads as a line break or byte order mark, or does not allow. */
const NOT_PRINTED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

function escaped(json: string): string {
  return json.replace(NOT_PRINTED, escapeUnit)
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
