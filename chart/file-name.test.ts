import { expect, test } from 'vitest'
import { archiveFileName, checkFileName } from './file-name.ts'

test('archiveFileName', () => {
  expect(archiveFileName('rke2-coredns', '1.47.000')).toBe('rke2-coredns-1.47.000.tgz')
})

test.each(['redis', 'my chart', '数据库', '..a', 'C:x', '%2e%2e'])('%s is a safe name', (name) => {
  expect(() => checkFileName(name, '1.0.0')).not.toThrow()
})

test.each(['a/b', '..\\x', 'a\nb', 'a\u0000', 'a\u0085'])('%j is not', (name) => {
  expect(() => checkFileName(name, '1.0.0')).toThrowError(expect.objectContaining({ code: 'file-name-unsafe' }))
})
