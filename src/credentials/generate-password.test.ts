import { expect, it } from 'vitest'
import { brokenFixedPasswordRules } from '../../contract/ccr/fixed-password.ts'
import { generatePassword } from './generate-password.ts'

it('makes passwords that keep every rule, none like another', () => {
  const made = Array.from({ length: 200 }, generatePassword)
  expect(made.flatMap(brokenFixedPasswordRules)).toEqual([])
  expect(new Set(made).size).toBe(200)
})

it('uses every character that is easy to read, and no other', () => {
  const used = new Set(Array.from({ length: 500 }, generatePassword).join(''))
  expect(used.size).toBe(57)
  for (const character of 'IOl01') expect(used).not.toContain(character)
})
