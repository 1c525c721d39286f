import { NEVER, type Robot } from '../../contract/ccr/robots.ts'

/** How soon a robot account expires. */
export type Expiry =
  | { readonly state: 'never' }
  | { readonly state: 'far' | 'soon' | 'near'; readonly days: number }
  | { readonly state: 'expired' }

/** Remaining days from which the console warns, and from which it warns urgently. */
const SOON = 14
const NEAR = 3

/** Uses the server's count of remaining days, rounded up, instead of the browser's clock. */
export function expiryOf({ duration: days }: Pick<Robot, 'duration'>): Expiry {
  if (days === NEVER) return { state: 'never' }
  if (days <= 0) return { state: 'expired' }
  return { state: days <= NEAR ? 'near' : days <= SOON ? 'soon' : 'far', days }
}
