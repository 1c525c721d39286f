/** Field names of manifests, indexes and descriptors in the image-spec. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['schemaVersion', 'mediaType', 'artifactType', 'config', 'layers', 'blobs', 'manifests', 'subject'],
  ...['annotations', 'digest', 'size', 'urls', 'data', 'platform'],
])
const KNOWN_BY_FOLDED = new Map([...KNOWN].map((name) => [folded(name), name]))

/** First code units of known names and of escapes: other keys need no comparison. */
const BEGINNINGS = new Set([...KNOWN, '\\'].map((name) => name.charCodeAt(0)))

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/**
 * Returns a known name that occurs more than once in one object of `json`, which must be valid; undefined if none does.
 * Parsers differ on duplicates: JavaScript uses the last value, Go merges objects and list elements.
 */
export function repeatedKey(json: string): string | undefined {
  const open: { isObject: boolean; names?: Set<string> }[] = []
  let isKeyNext = false
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at)
    if (sign === QUOTE) {
      const end = endOfText(json, at)
      const name = isKeyNext && BEGINNINGS.has(json.charCodeAt(at + 1)) ? knownName(json.slice(at, end)) : undefined
      const inside = open.at(-1)
      if (name !== undefined && inside) {
        inside.names ??= new Set()
        if (inside.names.has(name)) return name
        inside.names.add(name)
      }
      isKeyNext = false
      at = end - 1
    } else if (sign === OPEN_OBJECT || sign === OPEN_LIST) {
      isKeyNext = sign === OPEN_OBJECT
      open.push({ isObject: isKeyNext })
    } else if (sign === CLOSE_OBJECT || sign === CLOSE_LIST) open.pop()
    else if (sign === COMMA) isKeyNext = open.at(-1)?.isObject ?? false
  }
  return undefined
}

/** Offset after the string that begins with the quote at `start`. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0
    while (json.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return end + 1
  }
  return json.length
}

function knownName(quoted: string): string | undefined {
  const name: string = quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1)
  return KNOWN.has(name) ? name : undefined
}

/**
 * Returns the first key of `fields` that differs from a known name only in case (`Layers`); undefined if none does. Go
 * treats it as the known name, other parsers do not.
 */
export function misspeltKey(fields: object): string | undefined {
  return Object.keys(fields).find((key) => (KNOWN_BY_FOLDED.get(folded(key)) ?? key) !== key)
}

/** Folds case like Go's `encoding/json`: `ſ` equals `s`, and the Kelvin sign equals `k`. */
function folded(name: string): string {
  return name.toUpperCase().toLowerCase()
}
