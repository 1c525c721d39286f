/** The value of a YAML 1.1 scalar: integers of any size are bigint, all other numbers are number. */
export type YamlScalar = null | boolean | string | bigint | number

const prefix = 'tag:yaml.org,2002:'
const tags = {
  string: `${prefix}str`,
  boolean: `${prefix}bool`,
  integer: `${prefix}int`,
  float: `${prefix}float`,
  null: `${prefix}null`,
  timestamp: `${prefix}timestamp`,
  binary: `${prefix}binary`,
}

/**
 * Resolves a plain or tagged scalar to its value. With an unknown tag, that is its text.
 * @param tag the full tag, or '' when there is none.
 * @returns undefined when the text does not fit its tag.
 * Source: go-yaml v2 `resolve.go`.
 */
export function resolveScalar(tag: string, text: string): YamlScalar | undefined {
  switch (tag) {
    case '':
      return resolvePlain(text)
    case tags.boolean:
      return ofType('boolean', resolvePlain(text))
    case tags.integer:
      return ofType('bigint', resolvePlain(text))
    case tags.float: {
      const value = resolvePlain(text)
      return typeof value === 'bigint' && value <= maxInt64 ? Number(value) : ofType('number', value)
    }
    case tags.null:
      return resolvePlain(text) === null ? null : undefined
    case tags.timestamp:
      return timestamp.test(text) ? text : undefined
    case tags.binary:
      return decodeBinary(text)
    default:
      return text
  }
}

function ofType(type: string, value: YamlScalar): YamlScalar | undefined {
  return typeof value === type ? value : undefined
}

function resolvePlain(text: string): YamlScalar {
  const word = words.get(text)
  if (word !== undefined) return word
  if (text.startsWith('.')) return leadingPoint.test(text) ? resolveFloat(text.replaceAll('_', ''), text) : text
  if (!/^[-+0-9]/.test(text)) return text
  const digits = text.replaceAll('_', '')
  return resolveInteger(digits) ?? (decimal.test(digits) ? resolveFloat(digits, text) : text)
}

const words = new Map<string, YamlScalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])

const leadingPoint = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/

/** Parses a float. A number too large for one stays text, as written. */
function resolveFloat(digits: string, text: string): YamlScalar {
  const value = Number(digits)
  return Number.isFinite(value) ? value : text
}

const maxInt64 = 2n ** 63n - 1n
const minInt64 = -(2n ** 63n)
const maxUint64 = 2n ** 64n - 1n

function resolveInteger(digits: string): bigint | undefined {
  // More digits than 64 bits can have: not an integer, and too expensive to compute.
  const match = digits.length > 80 ? null : integer.exec(digits)
  if (!match) return undefined
  const [, sign, hexadecimal, binary, octal, plain] = match
  const magnitude = BigInt(
    hexadecimal ? `0x${hexadecimal}` : binary ? `0b${binary}` : octal ? `0o${octal}` : (plain ?? ''),
  )
  const value = sign === '-' ? -magnitude : magnitude
  // Beyond 63 bits only unsigned numbers exist, which have no sign.
  const fits = value >= minInt64 && (value <= maxInt64 || (sign === '' && value <= maxUint64))
  return fits ? value : undefined
}

const timestamp = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})?)?$/

function decodeBinary(text: string): string | undefined {
  const compact = text.replace(/[\r\n]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined
  return new TextDecoder().decode(Uint8Array.from(atob(compact), (character) => character.charCodeAt(0)))
}
