/** Characters in the name of an account at most. */
export const ACCOUNT_NAME_LENGTH = 64

/** What robots are called begins so. */
const ROBOT_PREFIX = 'ccr$'
/** Those who are no account are written down by these names. */
const TAKEN = ['anonymous', 'system']

/**
 * Whether an account may be called so: 1 to 64 characters that can be printed, without a colon, which ends the name in
 * a Basic credential (RFC 7617), and unlike a robot.
 */
export function isAccountName(name: string): boolean {
  const folded = name.toLowerCase()
  const length = Array.from(name).length
  return (
    length >= 1 &&
    length <= ACCOUNT_NAME_LENGTH &&
    /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name) &&
    name === name.trim() &&
    !name.includes(':') &&
    !folded.startsWith(ROBOT_PREFIX) &&
    !TAKEN.includes(folded)
  )
}
