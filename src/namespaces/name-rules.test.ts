import { expect, it } from 'vitest'
import { checkRules } from './name-rules.ts'

const broken = (name: string) =>
  checkRules(name)
    .filter(({ state }) => state === 'broken')
    .map(({ rule }) => rule)

it('checks no rule of an empty name', () => {
  expect(checkRules('').every(({ state }) => state === 'open')).toBe(true)
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
] as const)('returns the rules that %s breaks', (name, rules) => {
  expect(broken(name)).toEqual(rules)
})
