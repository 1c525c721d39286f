import { scryptSync } from 'node:crypto'

/** Returns a password hash that is cheap to verify, unlike real ones. Deterministic: its salt is constant. */
export function quickPasswordHash(password: string): string {
  const salt = Buffer.from('salt')
  const key = scryptSync(password.normalize('NFKC'), salt, 32, { N: 1024, r: 8, p: 1 })
  return ['scrypt', 1024, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$')
}
