/** A parsed version. Build metadata plays no part in the order. */
export interface Version {
  /** The text that was parsed, which identifies the version. */
  original: string
  major: bigint
  minor: bigint
  patch: bigint
  /** The identifiers after the hyphen; none for a release. */
  prerelease: readonly string[]
  build: string
}

/**
 * Parses a version as leniently as helm does: `v1.2`, `1`, `1.47.000` are versions.
 * @returns null when helm would call the text invalid.
 * Source: Masterminds/semver v3.5.0 `NewVersion`.
 */
export function parseVersion(text: string): Version | null {
  if (text.length > maxLength) return null
  const match = lenientVersion.exec(text)
  if (!match) return null
  const numbers = [match[1], match[2], match[3]].map((digits) => BigInt(digits ?? 0))
  const prerelease = match[4]?.split('.') ?? []
  if (numbers.some((number) => number > maxUint64) || prerelease.some(hasLeadingZero)) return null
  const [major = 0n, minor = 0n, patch = 0n] = numbers
  return { original: text, major, minor, patch, prerelease, build: match[5] ?? '' }
}

const lenientVersion =
  /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/

const maxLength = 256
const maxUint64 = 2n ** 64n - 1n

function hasLeadingZero(identifier: string): boolean {
  return /^0[0-9]+$/.test(identifier)
}

/** Whether `text` is a valid version with a prerelease part. */
export function isPrerelease(text: string): boolean {
  const version = parseVersion(text)
  return version !== null && version.prerelease.length > 0
}

/**
 * Compares by precedence: negative when `a` is older. Build metadata does not count, so different texts may be equal (0)
 * and the caller orders those by text. An invalid version is older than every valid one.
 * Source: Masterminds/semver v3.5.0 `Version.Compare`.
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a)
  const right = parseVersion(b)
  if (!left || !right) return Number(left !== null) - Number(right !== null)
  return (
    compare(left.major, right.major) ||
    compare(left.minor, right.minor) ||
    compare(left.patch, right.patch) ||
    comparePrerelease(left.prerelease, right.prerelease)
  )
}

function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return compare(b.length, a.length)
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = compareIdentifiers(a[index] ?? '', b[index] ?? '')
    if (difference !== 0) return difference
  }
  return compare(a.length, b.length)
}

function compareIdentifiers(a: string, b: string): number {
  if (isNumeric(a) && isNumeric(b)) return compare(BigInt(a), BigInt(b))
  if (isNumeric(a) !== isNumeric(b)) return isNumeric(a) ? -1 : 1
  return compare(a, b)
}

/** Whether helm compares the identifier as a number. Digits beyond 64 bits are compared as text. */
function isNumeric(identifier: string): boolean {
  return /^[0-9]+$/.test(identifier) && BigInt(identifier) <= maxUint64
}

function compare<T extends bigint | number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Sort key of a version: an ASCII text whose byte order is the order of `compareVersions`. Versions that differ only in
 * build metadata have the same key; all invalid versions have one that sorts first.
 *
 * A number is a letter for its count of digits, then the digits. A release ends in `~`; a prerelease continues with `-`
 * and its identifiers: `0` and a number, or `1` and the text, each followed by `,`, which sorts below all they can hold.
 */
export function versionOrderKey(text: string): string {
  const version = parseVersion(text)
  if (!version) return '!'
  const core = [version.major, version.minor, version.patch].map((number) => sortableNumber(number)).join('')
  if (version.prerelease.length === 0) return `${core}~`
  const identifiers = version.prerelease.map((identifier) =>
    isNumeric(identifier) ? `0${sortableNumber(BigInt(identifier))},` : `1${identifier},`,
  )
  return `${core}-${identifiers.join('')}`
}

function sortableNumber(number: bigint): string {
  const digits = number.toString()
  return String.fromCharCode('a'.charCodeAt(0) + digits.length - 1) + digits
}
