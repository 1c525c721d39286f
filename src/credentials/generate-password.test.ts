import { expect, it } from 'vitest'
import { brokenFixedPasswordRules } from '../../contract/domain/fixed-password.ts'
import { generatePassword } from './generate-password.ts'

it('generates distinct passwords that meet every rule', () => {
  const made = Array.from({ length: 200 }, generatePassword)
  expect(made.flatMap(brokenFixedPasswordRules)).toEqual([])
  expect(new Set(made).size).toBe(200)
})

it('uses every unambiguous character, and only those', () => {
  const used = new Set(Array.from({ length: 500 }, generatePassword).join(''))
  expect(used.size).toBe(57)
  for (const character of 'IOl01') expect(used).not.toContain(character)
})
