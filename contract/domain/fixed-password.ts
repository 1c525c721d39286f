/** Rules of a fixed password. Each has an explanation in the messages of the console. */
export type FixedPasswordRule = 'length' | 'upper' | 'lower' | 'digit' | 'characters'

export const FIXED_PASSWORD_LENGTH = { least: 8, most: 20 } as const

const RULES: Record<FixedPasswordRule, (password: string) => boolean> = {
  length: ({ length }) => length >= FIXED_PASSWORD_LENGTH.least && length <= FIXED_PASSWORD_LENGTH.most,
  upper: (password) => /[A-Z]/.test(password),
  lower: (password) => /[a-z]/.test(password),
  digit: (password) => /[0-9]/.test(password),
  characters: (password) => /^[A-Za-z0-9!@#$%^*()]*$/.test(password),
}

/** All rules, in the order of their explanations. */
export const FIXED_PASSWORD_RULES = Object.keys(RULES) as FixedPasswordRule[] // the keys of a Record are its key type

/** Returns the rules that a password breaks, in the order of {@link FIXED_PASSWORD_RULES}; none if it is valid. */
export function brokenFixedPasswordRules(password: string): FixedPasswordRule[] {
  return FIXED_PASSWORD_RULES.filter((rule) => !RULES[rule](password))
}
