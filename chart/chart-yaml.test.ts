import { describe, expect, test } from 'vitest'
import { readChartYaml } from './chart-yaml.ts'
import { ChartProblem } from './problem.ts'

const needed = 'name: c\nversion: 1.0.0\n'

describe('text field, printed as by helm', () => {
  test.each([
    ['1.10', '1.1'],
    ['"1.10"', '1.10'],
    ['!!str 1.10', '1.10'],
    ['1.16', '1.16'],
    ['1e3', '1000'],
    ['1e6', '1e+06'],
    ['123456789.0', '1.2345679e+08'],
    ['0.00001', '1e-05'],
    ['1_000', '1000'],
    ['010', '8'],
    ['08', '8'],
    ['0b11', '3'],
    ['0x1F', '31'],
    ['-0x1f', '-31'],
    ['18446744073709551615', '18446744073709551615'],
    ['18446744073709551616', '1.8446744e+19'],
    ['1e400', '1e400'],
    ['.inf', '+Inf'],
    ['.nan', 'NaN'],
    ['yes', 'true'],
    ['Off', 'false'],
    ['y', 'true'],
    ['2001-01-01', '2001-01-01'],
    ['2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z'],
    ['1:30', '1:30'],
    ['!custom 12', '12'],
    ['!!float 1', '1'],
    ['!!binary aGVsbG8=', 'hello'],
    ['|-\n  two\n  lines', 'two lines'],
  ])('%s', (written, printed) => {
    expect(readChartYaml(`${needed}appVersion: ${written}\n`).appVersion).toBe(printed)
  })

  test.each(['~', 'null', '', '""'])('is left out for %j', (written) => {
    expect(readChartYaml(`${needed}appVersion: ${written}\n`)).not.toHaveProperty('appVersion')
  })

  test('converts numbers and booleans in lists and maps', () => {
    const metadata = readChartYaml(`${needed}keywords: [1.50, no]\nannotations: {a: 1.10, 1.5: yes, b: ~}\n`)
    expect(metadata.keywords).toEqual(['1.5', 'false'])
    expect(metadata.annotations).toEqual({ '1.5': 'true', a: '1.1', b: '' })
  })
})

test('keeps all fields, in the order of helm', () => {
  const metadata = readChartYaml(`
type: library
dependencies:
- {alias: x, import-values: [data, {b: 1, a: 2}], enabled: yes, tags: [t], condition: c, repository: r, version: 1, name: m}
kubeVersion: ">=1.20"
annotations: {b: 1, a: 2}
deprecated: true
appVersion: 1
tags: t
condition: c
apiVersion: v2
icon: i
maintainers: [{url: u, email: e, name: m}]
keywords: [k]
description: d
version: 1.0.0
sources: [s]
home: h
name: c
`)
  expect(JSON.stringify(metadata)).toBe(
    '{"name":"c","home":"h","sources":["s"],"version":"1.0.0","description":"d","keywords":["k"],' +
      '"maintainers":[{"name":"m","email":"e","url":"u"}],"icon":"i","apiVersion":"v2","condition":"c","tags":"t",' +
      '"appVersion":"1","deprecated":true,"annotations":{"a":"2","b":"1"},"kubeVersion":">=1.20",' +
      '"dependencies":[{"name":"m","version":"1","repository":"r","condition":"c","tags":["t"],"enabled":true,' +
      '"import-values":["data",{"a":2,"b":1}],"alias":"x"}],"type":"library"}',
  )
})

test('drops non-printable characters and replaces every kind of space by a plain one', () => {
  const description = '"a\\tb\\nc\\u00a0d\\u2028e\\u200bf\\ufeffg\\0h\\U0001F600"'
  expect(readChartYaml(`${needed}description: ${description}`).description).toBe('a b c d efgh😀')
})

describe('keys', () => {
  test('the last of duplicates wins', () => {
    expect(readChartYaml(`${needed}name: d\n`).name).toBe('d')
  })
  test('match regardless of case', () => {
    expect(readChartYaml('NAME: c\nVersion: 1.0.0\n')).toMatchObject({ name: 'c', version: '1.0.0' })
  })
  test('a merged key wins over one before it', () => {
    expect(readChartYaml(`x: &x {home: merged}\nhome: before\n<<: *x\n${needed}`).home).toBe('merged')
    expect(readChartYaml(`x: &x {home: merged}\n<<: *x\nhome: after\n${needed}`).home).toBe('after')
  })
  test('may be names of JavaScript object properties', () => {
    const { annotations } = readChartYaml(`${needed}annotations: {__proto__: a, constructor: b}\n`)
    expect(Object.entries(annotations ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
  })
})

describe('reads only the first document', () => {
  test.each(['---\nname: d\n', '...\nname: [\n', '---\n\u00ff: ['])('followed by %j', (rest) => {
    expect(readChartYaml(needed + rest).name).toBe('c')
  })
  test('after directives and an explicit start', () => {
    expect(readChartYaml(`# a comment\n%YAML 1.1\n---\n${needed}---\nname: d\n`).name).toBe('c')
  })
})

describe('refuses a value of the wrong kind, naming its field', () => {
  test.each([
    ['keywords: a', 'keywords', 'list'],
    ['keywords: [a, [b]]', 'keywords[1]', 'text'],
    ['maintainers: [a]', 'maintainers[0]', 'map'],
    ['maintainers: [{name: {}}]', 'maintainers[0].name', 'text'],
    ['deprecated: "true"', 'deprecated', 'boolean'],
    ['annotations: {a: [b]}', 'annotations.a', 'text'],
    ['dependencies: [{enabled: 1}]', 'dependencies[0].enabled', 'boolean'],
  ])('%s', (line, field, expected) => {
    const problem = problemOf(`${needed}${line}\n`)
    expect(problem).toMatchObject({ code: 'chart-yaml-field', details: { path: 'Chart.yaml', field, expected } })
  })
})

describe('refuses YAML that helm refuses', () => {
  test.each([
    ['an unclosed list', 'home: ['],
    ['an unknown anchor', 'home: *a'],
    ['an anchor that contains itself', 'x: &x [*x]'],
    ['half a character', 'home: "\\ud800"'],
    ['an escape that YAML 1.1 does not have', 'home: "\\/"'],
    ['a control character', '# \u0001'],
    ['an infinite number in an unknown field', 'x: .inf'],
    ['null as a key', 'x: {~: a}'],
    ['a map as a key', 'x: {{a: b}: c}'],
    ['a tag that does not fit', 'home: !!int x'],
    ['a merge of a list', '<<: [a]'],
  ])('%s', (_, line) => {
    expect(problemOf(`${needed}${line}\n`)?.code).toBe('chart-yaml-syntax')
  })

  test('YAML 1.2, declared by its directive', () => {
    expect(problemOf(`%YAML 1.2\n---\n${needed}`)?.code).toBe('chart-yaml-syntax')
  })

  test('with the line number in the reason', () => {
    expect(problemOf(`${needed}home: [\n`)?.details.reason).toMatch(/\(line \d\)$/)
  })
})

describe('returns in time for malicious YAML', () => {
  test.each([
    ['aliases that multiply', `a0: &a0 [x]\n${lines(9, (n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`)}`],
    ['a long chain of aliases', `a0: &a0 [x]\n${lines(5000, (n) => `a${n + 1}: &a${n + 1} [*a${n}]`)}`],
    ['brackets', `a: ${'['.repeat(1_000_000)}`],
    ['closed brackets', `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['dashes', `a:\n${'- '.repeat(1_000_000)}`],
    ['many lines at the margin', `a: [\n${'b,\n'.repeat(200_000)}]`],
    ['a number without end', `home: 1${'0'.repeat(4_000_000)}e999`],
  ])(
    '%s',
    (_, text) => {
      // Only the time matters, not the verdict.
      expect(() => problemOf(needed + text)).not.toThrow()
    },
    30_000,
  )
})

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}

function problemOf(text: string): ChartProblem | null {
  try {
    readChartYaml(text)
    return null
  } catch (error) {
    if (error instanceof ChartProblem) return error
    throw error
  }
}
