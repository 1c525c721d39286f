import { brokenFixedPasswordRules, FIXED_PASSWORD_LENGTH } from '../../contract/ccr/fixed-password.ts'

/** Neither I, O, l nor 0, 1: some type it from another screen. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** A fixed password of the greatest length, by all rules. */
export function generatePassword(): string {
  for (;;) {
    const password = Array.from({ length: FIXED_PASSWORD_LENGTH.most }, randomCharacter).join('')
    if (brokenFixedPasswordRules(password).length === 0) return password
  }
}

/** Each as likely as any other: bytes that would favour the first characters are thrown away. */
function randomCharacter(): string {
  const fair = 256 - (256 % CHARACTERS.length)
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < fair) return CHARACTERS.charAt(byte % CHARACTERS.length)
  }
}
