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
