import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { quotedString } from '../transport/quoted-string.ts'

/** `service` parameter of the challenge, which clients repeat to the token service. */
const TOKEN_SERVICE = 'chartroom'

/** Path of the token service. */
export const TOKEN_PATH = '/service/token'

/** Parameters of a Bearer challenge. */
export interface RequestedAccess {
  /** Scope that the request needs: `repository:team/nginx:pull`. */
  readonly scope?: string | undefined
  /** Error of the token in the request. */
  readonly error?: 'invalid_token' | 'insufficient_scope' | undefined
}

/** Source: RFC 7617. */
export const BASIC_CHALLENGE = 'Basic realm="Chartroom", charset="UTF-8"'

/** Returns a challenge that refers the client to the token service. Source: CNCF distribution, token authentication specification. */
export function bearerChallenge(c: HttpContext, context: Context, { scope, error }: RequestedAccess = {}): string {
  const parameters = [
    `realm=${quotedString(addressedOrigin(c, context) + TOKEN_PATH)}`,
    `service=${quotedString(TOKEN_SERVICE)}`,
    ...(scope === undefined ? [] : [`scope=${quotedString(scope)}`]),
    ...(error === undefined ? [] : [`error=${quotedString(error)}`]),
  ]
  return `Bearer ${parameters.join(',')}`
}

/** Sets `WWW-Authenticate`, one line per challenge: clients do not split a line that has several. */
export function setChallenges(c: HttpContext, ...challenges: readonly string[]): void {
  const outgoing = c.env?.outgoing
  // The adapter would join them into one line.
  if (outgoing) outgoing.setHeader('WWW-Authenticate', challenges)
  else for (const one of challenges) c.header('WWW-Authenticate', one, { append: true })
}

/** Returns the origin by which the client addresses this server, where the token service must be reachable too. */
export function addressedOrigin(c: HttpContext, context: Context): string {
  const own = new URL(context.publicUrl)
  const { host, secure } = c.get('client')
  const addressed = host === undefined ? null : URL.parse(`${secure ? 'https:' : own.protocol}//${host}`)
  return addressed?.host ? addressed.origin : own.origin
}
