import { ROBOT_PREFIX } from './robot-name.ts'

/** Longest account name, in characters. */
export const ACCOUNT_NAME_LENGTH = 64

/** Names that the audit log uses for callers without an account, and names with a meaning in JavaScript. */
const RESERVED = ['anonymous', 'system', 'unknown', '__proto__', 'constructor', 'prototype']

/** Recommended scripts (Unicode Standard Annex 31, table 5) that a name may be written in … */
const SCRIPTS = [
  ...['Arabic', 'Armenian', 'Bengali', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati'],
  ...['Gurmukhi', 'Hebrew', 'Kannada', 'Khmer', 'Lao', 'Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil'],
  ...['Telugu', 'Thaana', 'Thai', 'Tibetan'],
]
/** … each on its own, or Latin together with the scripts of one East Asian language. */
const SCRIPT_SETS = [
  ...SCRIPTS.map((script) => [script]),
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
].map((scripts) => {
  const classes = [...scripts, 'Common', 'Inherited'].map((script) => `\\p{Script_Extensions=${script}}`)
  return new RegExp(`^[${classes.join('')}]+$`, 'u')
})

/**
 * Whether `name` is a valid account name: 1 to 64 printable characters without a colon, which would end the name in a
 * Basic credential (RFC 7617); not reserved, and not in the form of a robot's login name. Names that mix scripts or
 * use compatibility characters are refused, because they can look exactly like another name (Unicode Technical
 * Standard 39, "Highly Restrictive").
 */
export function isAccountName(name: string): boolean {
  const folded = name.toLowerCase()
  const length = Array.from(name).length
  return (
    length >= 1 &&
    length <= ACCOUNT_NAME_LENGTH &&
    /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name) &&
    name === name.trim() &&
    name === name.normalize('NFKC') &&
    SCRIPT_SETS.some((scripts) => scripts.test(name)) &&
    !name.includes(':') &&
    !folded.startsWith(ROBOT_PREFIX) &&
    !RESERVED.includes(folded)
  )
}
