import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** A key for a row. */
export function newId(): string {
  return randomUUID()
}

/** `ccr-` and eight of `0-9a-z`. */
export function newInstanceId(): string {
  return `ccr-${randomInt(36 ** 8)
    .toString(36)
    .padStart(8, '0')}`
}

/** A secret of 256 bits, in base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A secret of that many letters and digits, for people and programs that take nothing else: six bits each, nearly. */
export function newPassword(length: number): string {
  return Array.from({ length }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join('')
}

/** Half of an access key, ID or secret: 128 bits in 32 hex digits, as the vendor's are. */
export function newAccessKeyHalf(): string {
  return randomBytes(16).toString('hex')
}

let lastEvent = { time: 0, count: 0 }

/** A key that sorts by time: milliseconds in hex, a count within them, and 60 random bits in hex. `now` is ISO. */
export function newEventId(now: string): string {
  const { time, count } = countEvents(now, 1)
  return `${time}${String(count % EVENT_COUNTS).padStart(5, '0')}${randomBytes(8).toString('hex').slice(1)}`
}

/** What the counts of events within a millisecond start again at: five digits. Beyond it the order is arbitrary. */
export const EVENT_COUNTS = 100_000

/** The first part of the keys of so many events, and the count of the first of them. */
export function countEvents(now: string, events: number): { time: string; count: number } {
  const time = Date.parse(now)
  const count = time === lastEvent.time ? lastEvent.count + 1 : 0
  lastEvent = { time, count: count + events - 1 }
  return { time: firstEventId(now), count }
}

/** What no ID of an event since then sorts before, and all that are older do. `moment` is ISO. */
export function firstEventId(moment: string): string {
  return Date.parse(moment).toString(16).padStart(12, '0')
}
