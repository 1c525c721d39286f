import { describe, expect, test } from 'vitest'
import { compareVersions, isPrerelease, parseVersion, versionOrderKey } from './version.ts'

describe('parseVersion, like helm,', () => {
  test.each([
    '1.2.3',
    '1',
    '1.2',
    'v1.2.3',
    'v1.2',
    '1.02.3',
    '1.47.000',
    '1.2.3-rancher400',
    '1.2.3-0.a.-',
    '1-2.0.0',
    '0.0.0',
    '1.2.3+a.b-c',
    '1.2.3-rc.1+build.7',
    '18446744073709551615.0.0',
    `1.2.3+${'a'.repeat(250)}`,
    '1.2.3--',
    '1.2.3-99999999999999999999999',
  ])('accepts %j', (text) => {
    expect(parseVersion(text)?.original).toBe(text)
  })

  test.each([
    '',
    'abc',
    '1.2.3.4',
    '1.2.3+a_b',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3-rc.01',
    '1.2.3+',
    '1.2.3-a..b',
    'V1.2.3',
    ' 1.2.3',
    '1.2.3\n',
    '-1.2.3',
    '1.2.3/../../x',
    '18446744073709551616.0.0',
    '１.2.3',
    `1.2.3+${'a'.repeat(251)}`,
  ])('refuses %j', (text) => {
    expect(parseVersion(text)).toBeNull()
  })

  test('returns the parts of a version', () => {
    expect(parseVersion('v1.02-rc.1+build.7')).toEqual({
      original: 'v1.02-rc.1+build.7',
      major: 1n,
      minor: 2n,
      patch: 0n,
      prerelease: ['rc', '1'],
      build: 'build.7',
    })
  })
})

test.each([
  ['1.2.3-rc.1', true],
  ['1.2.3', false],
  ['1.2.3+a-b', false],
  ['nothing', false],
])('isPrerelease(%s) is %s', (text, expected) => {
  expect(isPrerelease(text)).toBe(expected)
})

// From oldest to newest; each line holds texts of equal precedence.
const ascending = [
  ['nothing', '', '1.2.3.4'],
  ['0.0.0-0'],
  ['0', 'v0.0.0', '0.0+build'],
  ['1.0.0-0'],
  ['1.0.0-9'],
  ['1.0.0-10'],
  ['1.0.0-18446744073709551615'],
  ['1.0.0--'],
  ['1.0.0-18446744073709551616'],
  ['1.0.0-5a'],
  ['1.0.0-A'],
  ['1.0.0-alpha', '1.0.0-alpha+1', 'v1-alpha'],
  ['1.0.0-alpha.1'],
  ['1.0.0-alpha.1.0'],
  ['1.0.0-alpha.beta'],
  ['1.0.0-alpha-'],
  ['1.0.0-alpha0'],
  ['1.0.0-alphab'],
  ['1.0.0-beta'],
  ['1.0.0-beta.2'],
  ['1.0.0-beta.11'],
  ['1.0.0-rc.1'],
  ['1.0.0', '1', '1.0', '1.0.0+build', '01.0.00'],
  ['1.0.1'],
  ['1.2.0'],
  ['1.10.0'],
  ['1.47.000', '1.47.0'],
  ['1.47.001'],
  ['2.0.0-rc.1'],
  ['2'],
  ['10.0.0'],
  ['18446744073709551615.0.0'],
]

describe('compareVersions and versionOrderKey order like helm', () => {
  const flat = ascending.flatMap((equals, place) => equals.map((text) => ({ text, place })))

  test.each(flat)('$text', ({ text, place }) => {
    for (const other of flat) {
      const expected = Math.sign(place - other.place)
      expect([other.text, Math.sign(compareVersions(text, other.text))]).toEqual([other.text, expected])
      expect([other.text, compareKeys(text, other.text)]).toEqual([other.text, expected])
    }
  })

  test('and agree on generated versions', () => {
    const versions = generateVersions(400)
    for (const a of versions) {
      for (const b of versions) {
        if (compareKeys(a, b) !== Math.sign(compareVersions(a, b))) expect([a, b]).toBe('ordered alike')
      }
    }
    expect(new Set(versions.map(versionOrderKey)).size).toBeGreaterThan(300)
  })

  test('with keys in ASCII, so that bytes and UTF-16 sort alike', () => {
    for (const text of generateVersions(400)) expect(versionOrderKey(text)).toMatch(/^[!-~]+$/)
  })
})

function compareKeys(a: string, b: string): number {
  const [left, right] = [versionOrderKey(a), versionOrderKey(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Generates similar versions with a fixed linear congruential generator. */
function generateVersions(count: number): string[] {
  let state = 42
  const pick = <T>(choices: readonly T[]): T => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return choices[Math.floor((state / 2 ** 32) * choices.length)] as T // the index is within bounds
  }
  const number = () => pick(['0', '1', '2', '9', '10', '11', '99', '100', '4294967296', '9007199254740993'])
  const identifier = () =>
    pick(['0', '1', '2', '10', '100', 'a', 'A', 'b', 'a-', '-', '-1', 'a1', 'a10', '1a', 'rc', 'Z', 'z'])
  const many = (make: () => string) => Array.from({ length: pick([1, 1, 2, 3]) }, make).join('.')
  return Array.from({ length: count }, () => {
    const core = pick([
      () => number(),
      () => `${number()}.${number()}`,
      () => [number(), number(), number()].join('.'),
    ])()
    const prerelease = pick([true, true, false]) ? `-${many(identifier)}` : ''
    const build = pick([true, false, false]) ? `+${many(identifier)}` : ''
    return pick(['', '', 'v']) + core + prerelease + build
  })
}
