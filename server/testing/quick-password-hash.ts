import { scryptSync } from 'node:crypto'

/** The hash of a password, as cheap to check as may be: real ones are slow on purpose. Always the same for the same one. */
export function quickPasswordHash(password: string): string {
  const salt = Buffer.from('salt')
  const key = scryptSync(password.normalize('NFKC'), salt, 32, { N: 1024, r: 8, p: 1 })
  return ['scrypt', 1024, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$')
}
