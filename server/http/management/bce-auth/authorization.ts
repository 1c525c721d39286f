import { RegistryError } from '../../../registry/core/registry-error.ts'

/** Seconds that a signature may be good for: whoever catches a request can repeat it for so long. */
export const LONGEST_VALIDITY = 7 * 24 * 60 * 60
/** Milliseconds that the client's clock may be ahead of ours. A clock that is behind costs validity instead. */
const CLOCK_TOLERANCE = 15 * 60 * 1000

/** What an `Authorization` of bce-auth-v1 says, its form checked. */
export interface Authorization {
  readonly accessKeyId: string
  /** When it was signed, ISO. */
  readonly signedAt: string
  /** Seconds that it is good for from then on; may be anything that is a number. */
  readonly validity: number
  /** Names in lower case, once each. None are the headers that the scheme signs by default. */
  readonly signedHeaders: readonly string[]
  /** Its text before the names of the headers, which the signing key is made of. */
  readonly prefix: string
  /** 64 hex digits. */
  readonly signature: string
}

const FORM =
  /^(?<prefix>bce-auth-v1\/(?<id>[\w.-]{1,128})\/(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\/(?<validity>-?\d{1,10}))\/(?<headers>[\w;-]*)\/(?<signature>[0-9a-f]{64})$/

/**
 * Reads `bce-auth-v1/{accessKeyId}/{timestamp}/{validity}/{signedHeaders}/{signature}`, as it stands in the header, or
 * decoded from the query. Throws `authorization-malformed`, and `signature-without-host` when headers are named and
 * `host` is none of them: what was signed for one registry would be good for all.
 */
export function parseAuthorization(text: string): Authorization {
  const { prefix = '', id = '', at = '', validity, headers = '', signature = '' } = FORM.exec(text)?.groups ?? {}
  if (Number.isNaN(Date.parse(at))) throw new RegistryError('authorization-malformed')
  const signedHeaders = [...new Set(headers.toLowerCase().split(';'))].filter((name) => name !== '')
  if (headers !== '' && !signedHeaders.includes('host')) throw new RegistryError('signature-without-host')
  return { accessKeyId: id, signedAt: at, validity: Number(validity), signedHeaders, prefix, signature }
}

/**
 * Whether the signature is good at this time, ISO. Throws `signature-validity` for a validity that none may have,
 * `signature-expired`, and `signature-early` for one that was signed in the future.
 */
export function checkValidity({ signedAt, validity }: Authorization, now: string): void {
  if (validity < 1 || validity > LONGEST_VALIDITY) {
    throw new RegistryError('signature-validity', { most: LONGEST_VALIDITY })
  }
  const age = Date.parse(now) - Date.parse(signedAt)
  if (age < -CLOCK_TOLERANCE) throw new RegistryError('signature-early', { now })
  if (age > validity * 1000) throw new RegistryError('signature-expired', { now })
}
