import { brokenFixedPasswordRules, FIXED_PASSWORD_LENGTH } from '../../contract/domain/fixed-password.ts'

/** Without I, O, l, 0 and 1, which are easily confused when typed from another screen. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** Generates a fixed password of maximum length that meets all rules. */
export function generatePassword(): string {
  for (;;) {
    const password = Array.from({ length: FIXED_PASSWORD_LENGTH.most }, randomCharacter).join('')
    if (brokenFixedPasswordRules(password).length === 0) return password
  }
}

/** Uniformly distributed: bytes that would favour the first characters are discarded. */
function randomCharacter(): string {
  const fair = 256 - (256 % CHARACTERS.length)
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < fair) return CHARACTERS.charAt(byte % CHARACTERS.length)
  }
}
