import { expect, test } from 'vitest'
import { ChartProblem } from '../../../chart/problem.ts'
import { RegistryError, type RegistryErrorCode } from '../core/registry-error.ts'
import { enUS } from './en-US.ts'
import { errorMessage } from './error-message.ts'
import { zhCN } from './zh-CN.ts'

test('fills in parameters in both languages', () => {
  const error = new RegistryError('chart-missing', { namespace: 'team', chart: 'nginx' })
  expect(errorMessage(error, 'en-US')).toBe(
    'The chart “nginx” was not found in namespace “team”. It may have been deleted.',
  )
  expect(errorMessage(error, 'zh-CN')).toBe('在命名空间“team”中未找到 Chart“nginx”。它可能已被删除。')
})

test('formats size limits in binary units', () => {
  expect(errorMessage(new RegistryError('archive-too-large', { limit: 20 * 1024 * 1024 }), 'en-US')).toContain('20 MiB')
  expect(errorMessage(new RegistryError('archive-too-large', { limit: 1000 }), 'en-US')).toContain('1000 bytes')
})

test('returns the message of the problem for an invalid chart', () => {
  const error = new RegistryError('chart-refused', {}, new ChartProblem('version-invalid', { version: 'latest' }))
  expect(errorMessage(error, 'en-US')).toContain('“latest” is not a semantic version')
  expect(errorMessage(error, 'zh-CN')).toContain('“latest”')
})

test('uses singular and plural nouns', () => {
  const waiting = (seconds: number) => errorMessage(new RegistryError('sign-in-throttled', { seconds }), 'en-US')
  expect(waiting(1)).toContain('Wait 1 second, then')
  expect(waiting(2)).toContain('Wait 2 seconds, then')
  const holding = (tags: number) => new RegistryError('namespace-holds-tags', { namespace: 'team', tags })
  expect(errorMessage(holding(1), 'en-US')).toContain('artifacts with 1 tag.')
  expect(errorMessage(holding(1200), 'en-US')).toContain('artifacts with 1,200 tags.')
})

test('Chinese messages have the same placeholders as English ones', () => {
  const names = (text: string) => [...new Set(Array.from(text.matchAll(/\{(\w+)/g), ([, name]) => name))].sort()
  for (const [code, text] of Object.entries(enUS)) {
    expect([code, names(zhCN[code as RegistryErrorCode])]).toEqual([code, names(text)]) // its keys are those of the type
  }
})

test('does not expand placeholders in parameters', () => {
  const error = new RegistryError('chart-missing', { namespace: '{chart}', chart: '$& {namespace}' })
  expect(errorMessage(error, 'en-US')).toContain('“$& {namespace}” was not found in namespace “{chart}”')
})
