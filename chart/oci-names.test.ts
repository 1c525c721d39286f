import { expect, test } from 'vitest'
import { isNamedByOci, isTag, tagOfVersion, versionOfTag } from './oci-names.ts'

test('maps + to _ in the tag, and back to + in the version', () => {
  expect(tagOfVersion('1.2.3+build.7+x')).toBe('1.2.3_build.7_x')
  expect(versionOfTag('1.2.3_build.7_x')).toBe('1.2.3+build.7+x')
})

test.each([
  ['team', 'nginx', '1.0.0', true],
  ['team', 'my__chart', '1.2.3+build.7', true],
  ['team', 'MyChart', '1.0.0', false],
  ['team', 'white space', '1.0.0', false],
  ['team', 'app/nginx', '1.0.0', false],
  ['team', 'a___b', '1.0.0', false],
  ['team', 'nginx', `1.0.0-${'x'.repeat(122)}`, true],
  ['team', 'nginx', `1.0.0-${'x'.repeat(123)}`, false],
  ['team', 'n'.repeat(250), '1.0.0', true],
  ['team', 'n'.repeat(251), '1.0.0', false],
])('isNamedByOci(%s, %s, %s) is %s', (namespace, chart, version, expected) => {
  expect(isNamedByOci(namespace, chart, version)).toBe(expected)
})

test.each(['.hidden', '-x', '', '1.0.0+build'])('%j is not a tag', (text) => {
  expect(isTag(text)).toBe(false)
})
