import { createHmac } from 'node:crypto'

/** A key pair of an account. */
export interface KeyPair {
  readonly id: string
  readonly secret: string
}

/** What a client signs, written from the vendor's description alone: nothing here is shared with what checks it. */
export interface ToSign {
  readonly method: string
  /** As the client puts it into the signed text. */
  readonly path: string
  /** Names and values, not encoded. */
  readonly query?: readonly (readonly [string, string])[]
  /** The headers to sign, names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** When, ISO with seconds: `2022-08-01T08:26:41Z`. */
  readonly at: string
  /** Seconds; 1800 without it. */
  readonly validity?: number
  /** Whether the names of the headers are left out of the text, as Python does. */
  readonly unnamed?: boolean
}

/** The text of an `Authorization`. */
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
