import { expect, test } from 'vitest'
import { ChartProblem } from '../../chart/problem.ts'
import { RegistryError } from './errors.ts'
import { errorMessage } from './messages.ts'

test('a sentence is filled in, in both languages', () => {
  const error = new RegistryError('chart-missing', { namespace: 'team', chart: 'nginx' })
  expect(errorMessage(error, 'en-US')).toBe(
    'The chart “nginx” was not found in namespace “team”. It may have been deleted.',
  )
  expect(errorMessage(error, 'zh-CN')).toBe('在命名空间“team”中未找到 Chart“nginx”。它可能已被删除。')
})

test('limits of size are told in a unit that people use', () => {
  expect(errorMessage(new RegistryError('archive-too-large', { limit: 20 * 1024 * 1024 }), 'en-US')).toContain('20 MiB')
  expect(errorMessage(new RegistryError('archive-too-large', { limit: 1000 }), 'en-US')).toContain('1000 bytes')
})

test('what is wrong with a chart is told by the sentence of the problem', () => {
  const error = new RegistryError('chart-refused', {}, new ChartProblem('version-invalid', { version: 'latest' }))
  expect(errorMessage(error, 'en-US')).toContain('“latest” is not a semantic version')
  expect(errorMessage(error, 'zh-CN')).toContain('“latest”')
})

test('what comes from a request is not read as a placeholder', () => {
  const error = new RegistryError('chart-missing', { namespace: '{chart}', chart: '$& {namespace}' })
  expect(errorMessage(error, 'en-US')).toContain('“$& {namespace}” was not found in namespace “{chart}”')
})
