import { expect, it } from 'vitest'
import { judgedRules } from './name-rules.ts'

const broken = (name: string) =>
  judgedRules(name)
    .filter(({ state }) => state === 'broken')
    .map(({ rule }) => rule)

it('judges nothing while nothing is typed', () => {
  expect(judgedRules('').every(({ state }) => state === 'open')).toBe(true)
})

it.each([
  ['team-a', []],
  ['a--b.c__d', []],
  ['Team', ['characters']],
  ['-team', ['edges']],
  ['a..b', ['separators']],
  ['a___b', ['separators']],
  ['2024', ['not-digits']],
  ['ccr-0a1b2c3d', ['not-instance']],
  ['a'.repeat(65), ['length']],
] as const)('finds what %s breaks', (name, rules) => {
  expect(broken(name)).toEqual(rules)
})
