import type { ChartMetadata } from '../../chart/metadata.ts'

/** Bytes of a key as written at most: YAML has an end to the length of a key on one line, at 1,024. */
const LONGEST_KEY = 1000

/**
 * A version's entry of index.yaml: one line of JSON that every helm reads as the YAML that it is, whatever the chart
 * says of itself. `digest` is bare hex, `created` RFC 3339.
 * Source: helm `pkg/repo/index.go` `ChartVersion`; YAML 1.2, 5.1 and 7.3.1.
 */
export function indexEntry(
  metadata: ChartMetadata,
  file: { readonly fileName: string; readonly digest: string; readonly created: string },
): string {
  return asYaml({
    ...metadata,
    urls: [`charts/${urlOf(file.fileName)}`],
    created: file.created,
    digest: file.digest,
  })
}

/**
 * A chart's name as a key of the index: JSON that is YAML too. Null when YAML could not read a key that long: such a
 * chart is left out, as the whole namespace would be unreadable with it.
 */
export function indexKey(name: string): string | null {
  const key = escaped(JSON.stringify(name.toWellFormed()))
  return Buffer.byteLength(key) - 2 <= LONGEST_KEY ? key : null
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
    return Object.fromEntries(
      entries.filter(([key]) => Buffer.byteLength(escaped(JSON.stringify(key))) - 2 <= LONGEST_KEY),
    )
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
