import { createHmac } from 'node:crypto'

/** Access key of an account. */
export interface KeyPair {
  readonly id: string
  readonly secret: string
}

/** Request to sign. Implements the vendor's description and shares no code with the verification. */
export interface ToSign {
  readonly method: string
  /** As it appears in the signed text. */
  readonly path: string
  /** Names and values, unencoded. */
  readonly query?: readonly (readonly [string, string])[]
  /** Headers to sign, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Time of signing, ISO with seconds: `2022-08-01T08:26:41Z`. */
  readonly at: string
  /** Seconds; 1800 by default. */
  readonly validity?: number
  /** Omits the header names from the authorization, as the Python client does. */
  readonly unnamed?: boolean
}

/** Returns the value of an `Authorization` header. */
export function sign({ id, secret }: KeyPair, wanted: ToSign): string {
  const prefix = `bce-auth-v1/${id}/${wanted.at}/${wanted.validity ?? 1800}`
  const key = createHmac('sha256', secret).update(prefix).digest('hex')
  const query = (wanted.query ?? []).map(([name, value]) => `${encode(name)}=${encode(value)}`).sort()
  const headers = Object.entries(wanted.headers).map(([name, value]) => `${encode(name)}:${encode(value)}`)
  const text = `${wanted.method}\n${wanted.path}\n${query.join('&')}\n${headers.sort().join('\n')}`
  const names = wanted.unnamed ? '' : Object.keys(wanted.headers).sort().join(';')
  return `${prefix}/${names}/${createHmac('sha256', key).update(text).digest('hex')}`
}

function encode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte)
    return /[A-Za-z0-9\-._~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}
