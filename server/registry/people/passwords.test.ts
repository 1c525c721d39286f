import { expect, test } from 'vitest'
import { checkPassword, hashPassword } from './passwords.ts'

test('accepts only the right password, and salts each hash', async () => {
  const [one, two] = await Promise.all([hashPassword('pässword'), hashPassword('pässword')])
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
  expect(one).not.toBe(two)
  expect(await checkPassword('pässword', one)).toBe(true)
  expect(await checkPassword('password', one)).toBe(false)
})

test('normalizes the Unicode form of a password', async () => {
  expect(await checkPassword('pa\u0308ssword', await hashPassword('p\u00e4ssword'))).toBe(true)
})

test('checks a hash at its own cost and throws for an unknown scheme', async () => {
  const cheap = 'scrypt$16$1$1$c2FsdHNhbHQ$BPQMXSsRpHJHUPK3T1dK9RCuZ1Ay2ATSK9rt8WUNFIY'
  expect(await checkPassword('anything', cheap)).toBe(false)
  await expect(checkPassword('anything', '$2b$10$abcdef')).rejects.toThrow('Not a password hash')
})
