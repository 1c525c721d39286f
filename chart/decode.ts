import { floatText } from './float-text.ts'
import type { YamlValue } from './yaml.ts'
import { YamlError } from './yaml-error.ts'

/** Kinds of value in helm's types. A map is from text to text; `any` is kept as JSON would keep it. */
export type Kind =
  | 'text'
  | 'boolean'
  | 'time'
  | 'any'
  | { list: Kind }
  | { map: 'text' }
  | { fields: Readonly<Record<string, Kind>> }

/** A value of the wrong kind for its field. */
export class FieldError extends Error {
  override name = 'FieldError'
  readonly field: string
  readonly expected: string

  constructor(field: string, expected: string) {
    super(`${field || 'it'} must be ${expected}`)
    this.field = field
    this.expected = expected
  }
}

/**
 * Decodes a YAML value into fields as helm does, through JSON: keys match regardless of case, unknown keys are ignored,
 * numbers and booleans become text in text fields, null keeps the existing value, and a second document is merged into
 * the first (lists item by item).
 * @param existing the value decoded before; it is not modified.
 * @throws FieldError for a value of the wrong kind, YamlError for a value that JSON cannot represent
 * Source: sigs.k8s.io/yaml v1.6.0 `Unmarshal`, Go `encoding/json`.
 */
export function decode(value: YamlValue, kind: Kind, existing?: unknown, field = ''): unknown {
  if (kind === 'text') return decodeText(value, existing, field)
  if (kind === 'any') {
    checkJson(value)
    return toJson(value)
  }
  if (kind === 'boolean') {
    if (value === null) return existing
    if (typeof value === 'boolean') return value
  } else if (kind === 'time') {
    if (value === null) return existing
    if (typeof value === 'string' && isTime(value)) return value
  } else if ('list' in kind) {
    if (value === null) return undefined
    if (Array.isArray(value)) return decodeList(value, kind.list, existing, field)
  } else if (value === null) {
    return field === '' ? existing : undefined
  } else if (value instanceof Map) {
    return 'map' in kind ? decodeMap(value, existing, field) : decodeFields(value, kind.fields, existing, field)
  }
  throw new FieldError(field, expectedOf(kind))
}

function expectedOf(kind: Kind): string {
  if (typeof kind === 'string') return kind
  return 'list' in kind ? 'list' : 'map'
}

function decodeText(value: YamlValue, existing: unknown, field: string): unknown {
  switch (typeof value) {
    case 'number':
      return floatText(value)
    case 'string':
    case 'boolean':
    case 'bigint':
      return String(value)
    default:
      if (value === null) return existing
      throw new FieldError(field, 'text')
  }
}

function decodeList(values: YamlValue[], kind: Kind, existing: unknown, field: string): unknown[] {
  const before = Array.isArray(existing) ? existing : []
  // A missing text becomes an empty one; any other missing item stays null, which helm then refuses.
  const nothing = kind === 'text' ? '' : null
  return values.map((value, index) => decode(value, kind, before[index], `${field}[${index}]`) ?? nothing)
}

function decodeMap(values: Map<string, YamlValue>, existing: unknown, field: string): Record<string, unknown> {
  const map = new Map(Object.entries(existing ?? {}))
  for (const [key, value] of values) map.set(key, decodeText(value, '', `${field}.${key}`))
  return fromEntries(sortedByKey(map))
}

function decodeFields(
  values: Map<string, YamlValue>,
  fields: Readonly<Record<string, Kind>>,
  existing: unknown,
  field: string,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = { ...(existing ?? {}) }
  // helm's JSON has sorted keys, so `name` wins over `Name`.
  for (const [key, value] of sortedByKey(values)) {
    const name = Object.hasOwn(fields, key) ? key : Object.keys(fields).find((one) => foldKey(one) === foldKey(key))
    const kind = name === undefined ? undefined : fields[name]
    if (name === undefined || kind === undefined) checkJson(value)
    else decoded[name] = decode(value, kind, decoded[name], field === '' ? name : `${field}.${name}`)
  }
  return decoded
}

/** Folds case as Go's JSON decoder does: ASCII, the long s and the Kelvin sign. */
function foldKey(key: string): string {
  return key
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/**
 * Checks a value that helm converts to JSON but does not use.
 * @throws YamlError
 */
export function checkJson(value: YamlValue): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new YamlError('it contains an infinite number')
  if (Array.isArray(value)) value.forEach(checkJson)
  else if (value instanceof Map) value.forEach(checkJson)
}

function toJson(value: YamlValue): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Map) return fromEntries(sortedByKey(value).map(([key, one]) => [key, toJson(one)]))
  return value
}

/** Keeps `__proto__` as an ordinary key, which an assignment would not. */
function fromEntries(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(entries)
}

function sortedByKey<T>(map: Map<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Whether `text` is an RFC 3339 time with all its digits. */
function isTime(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[-+](\d\d):(\d\d))$/.exec(text)
  if (!match) return false
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const [offsetHour = 0, offsetMinute = 0] = match.slice(7).map((digits) => Number(digits ?? 0))
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= days &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    offsetHour < 24 &&
    offsetMinute < 60
  )
}
