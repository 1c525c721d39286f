import { expect, test } from 'vitest'
import { archiveFileName, checkFileName } from './file-name.ts'

test('archiveFileName joins name and version', () => {
  expect(archiveFileName('rke2-coredns', '1.47.000')).toBe('rke2-coredns-1.47.000.tgz')
})

test.each(['redis', 'my chart', '数据库', '..a', 'C:x', '%2e%2e'])('accepts the name %s', (name) => {
  expect(() => checkFileName(name, '1.0.0')).not.toThrow()
})

test.each(['a/b', '..\\x', 'a\nb', 'a\u0000', 'a\u0085'])('refuses the name %j', (name) => {
  expect(() => checkFileName(name, '1.0.0')).toThrowError(expect.objectContaining({ code: 'file-name-unsafe' }))
})
