import { RegistryError } from '../../../registry/core/registry-error.ts'

/** Maximum validity of a signature, in seconds: an intercepted request can be replayed that long. */
export const LONGEST_VALIDITY = 7 * 24 * 60 * 60
/** Maximum lead of the client's clock, in milliseconds. A clock that is behind only shortens the validity. */
const CLOCK_TOLERANCE = 15 * 60 * 1000

/** Parsed `Authorization` of bce-auth-v1. */
export interface Authorization {
  readonly accessKeyId: string
  /** Time of signing, ISO. */
  readonly signedAt: string
  /** Validity from then on, in seconds; not yet checked against the limits. */
  readonly validity: number
  /** Names of the signed headers in lower case, without repetition; empty for those that the scheme signs by default. */
  readonly signedHeaders: readonly string[]
  /** Text before the names of the headers, from which the signing key is derived. */
  readonly prefix: string
  /** 64 hex digits. */
  readonly signature: string
}

const FORM =
  /^(?<prefix>bce-auth-v1\/(?<id>[\w.-]{1,128})\/(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\/(?<validity>-?\d{1,10}))\/(?<headers>[\w;-]*)\/(?<signature>[0-9a-f]{64})$/

/**
 * Parses `bce-auth-v1/{accessKeyId}/{timestamp}/{validity}/{signedHeaders}/{signature}` from the header, or decoded from
 * the query. Throws `authorization-malformed`, and `signature-without-host` if headers are named without `host`: such a
 * signature would be valid for every registry.
 */
export function parseAuthorization(text: string): Authorization {
  const { prefix = '', id = '', at = '', validity, headers = '', signature = '' } = FORM.exec(text)?.groups ?? {}
  if (Number.isNaN(Date.parse(at))) throw new RegistryError('authorization-malformed')
  const signedHeaders = [...new Set(headers.toLowerCase().split(';'))].filter((name) => name !== '')
  if (headers !== '' && !signedHeaders.includes('host')) throw new RegistryError('signature-without-host')
  return { accessKeyId: id, signedAt: at, validity: Number(validity), signedHeaders, prefix, signature }
}

/**
 * Checks that the signature is valid at the given time, ISO. Throws `signature-validity` for a validity out of bounds,
 * `signature-expired`, and `signature-early` for a time of signing in the future.
 */
export function checkValidity({ signedAt, validity }: Authorization, now: string): void {
  if (validity < 1 || validity > LONGEST_VALIDITY) {
    throw new RegistryError('signature-validity', { most: LONGEST_VALIDITY })
  }
  const age = Date.parse(now) - Date.parse(signedAt)
  if (age < -CLOCK_TOLERANCE) throw new RegistryError('signature-early', { now })
  if (age > validity * 1000) throw new RegistryError('signature-expired', { now })
}
