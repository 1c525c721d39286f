import { NEVER, type Robot } from '../../contract/ccr/robots.ts'

/** How near the end of a robot account is. */
export type Expiry =
  | { readonly state: 'never' }
  | { readonly state: 'far' | 'soon' | 'near'; readonly days: number }
  | { readonly state: 'over' }

/** Days before its end from which a robot is warned of, and from which it is urgent. */
const SOON = 14
const NEAR = 3

/** Reads it from the days that the registry says are left, of which the last counts whole; no clock of the browser's. */
export function expiryOf({ duration: days }: Pick<Robot, 'duration'>): Expiry {
  if (days === NEVER) return { state: 'never' }
  if (days <= 0) return { state: 'over' }
  return { state: days <= NEAR ? 'near' : days <= SOON ? 'soon' : 'far', days }
}
