import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Returns a random UUID, the primary key of most tables. */
export function newId(): string {
  return randomUUID()
}

/** Returns a random instance ID: `ccr-` and eight characters of `0-9a-z`. */
export function newInstanceId(): string {
  return `ccr-${randomInt(36 ** 8)
    .toString(36)
    .padStart(8, '0')}`
}

/** Returns a random secret of 256 bits in base64url: 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Returns a random password of `length` letters and digits, about 5.95 bits each. */
export function newPassword(length: number): string {
  return Array.from({ length }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join('')
}

/** Returns an access key ID or secret: 128 random bits in 32 hex digits, the vendor's format. */
export function newAccessKeyHalf(): string {
  return randomBytes(16).toString('hex')
}

let lastEvent = { time: 0, count: 0 }

/**
 * Returns an event ID that sorts by time: milliseconds since 1970 in 12 hex digits, the number of the event within the
 * millisecond in 5 digits, and 60 random bits in 15 hex digits. `now` is ISO.
 */
export function newEventId(now: string): string {
  const { time, count } = countEvents(now, 1)
  return `${time}${String(count % EVENT_COUNTS).padStart(5, '0')}${randomBytes(8).toString('hex').slice(1)}`
}

/** Modulus of the event number within a millisecond, which has five digits. The order of more events is arbitrary. */
export const EVENT_COUNTS = 100_000

/** Reserves IDs for `events` events at `now`: returns the time prefix of their IDs and the number of the first one. */
export function countEvents(now: string, events: number): { time: string; count: number } {
  const time = Date.parse(now)
  const count = time === lastEvent.time ? lastEvent.count + 1 : 0
  lastEvent = { time, count: count + events - 1 }
  return { time: firstEventId(now), count }
}

/** Returns the lower bound of the IDs of events since `moment` (ISO); the IDs of older events sort before it. */
export function firstEventId(moment: string): string {
  return Date.parse(moment).toString(16).padStart(12, '0')
}
