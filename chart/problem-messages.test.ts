import { describe, expect, test } from 'vitest'
import { ChartProblem, type ChartProblemCode } from './problem.ts'
import { problemMessage, problemMessages } from './problem-messages.ts'

describe('problemMessages', () => {
  const codes = Object.keys(problemMessages['en-US']) as ChartProblemCode[] // the keys of a record by code

  test.each(codes)('%s has the same placeholders in both languages', (code) => {
    const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g))
    expect(placeholders(problemMessages['zh-CN'][code])).toEqual(placeholders(problemMessages['en-US'][code]))
  })
})

describe('problemMessage', () => {
  test('inserts the details unchanged', () => {
    const problem = new ChartProblem('version-invalid', { version: '$& {version}' })
    expect(problemMessage(problem, 'en-US')).toContain('“$& {version}”')
    expect(problemMessage(problem, 'zh-CN')).toContain('“$& {version}”')
  })

  test('translates the expected kind of value', () => {
    const problem = new ChartProblem('chart-yaml-field', { path: 'Chart.yaml', field: 'keywords', expected: 'list' })
    expect(problemMessage(problem, 'en-US')).toContain('“keywords” must be a list.')
    expect(problemMessage(problem, 'zh-CN')).toContain('“keywords”必须是列表。')
  })

  test('includes the message of the problem inside a subchart', () => {
    const problem = new ChartProblem('subchart-broken', {
      subchart: 'charts/a',
      cause: 'version-invalid',
      version: 'x',
    })
    expect(problemMessage(problem, 'en-US')).toMatch(
      /^The subchart “charts\/a” cannot be loaded\. The version “x” is not/,
    )
    expect(problemMessage(problem, 'zh-CN')).toMatch(/^无法加载子 Chart“charts\/a”。“x”不是/)
  })
})
