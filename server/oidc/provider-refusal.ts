import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { RegistryError, type RegistryErrorCode } from '../registry/core/registry-error.ts'

/** What a provider answers when it is in trouble itself (RFC 6749, 4.1.2.1). */
const IN_TROUBLE = ['temporarily_unavailable', 'server_error']
/** What it answers when it, or the person, says no (RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6). */
const SAYS_NO = [
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]
/** Codes of `openid-client` for a provider from which nothing came. */
const NOTHING_CAME = ['OAUTH_TIMEOUT', 'OAUTH_ABORT']

/** What to tell somebody when the provider, or the way to it, failed. The reason is its cause; a mistake of ours stays what it is. */
export function providerRefusal(error: unknown): unknown {
  const code = codeFor(error)
  return code === undefined ? error : Object.assign(new RegistryError(code), { cause: error })
}

/** Why, for the log: what was said at each step, and no token or claim. */
export function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error instanceof Response ? [`status ${error.status}`] : []
  const said = error instanceof ResponseBodyError || error instanceof AuthorizationResponseError ? error : undefined
  const detail = said ? ` (${said.error}${said.error_description ? `: ${said.error_description}` : ''})` : ''
  return [`${error.message}${detail}`, ...reasonsOf(error.cause)]
}

function codeFor(error: unknown): RegistryErrorCode | undefined {
  if (error instanceof AuthorizationResponseError) {
    if (IN_TROUBLE.includes(error.error)) return 'provider-unreachable'
    return SAYS_NO.includes(error.error) ? 'provider-denied' : 'provider-misconfigured'
  }
  if (error instanceof ResponseBodyError) {
    if (error.status >= 500) return 'provider-unreachable'
    // The code was used before, or is too old.
    return error.error === 'invalid_grant' ? 'sign-in-lost' : 'provider-misconfigured'
  }
  if (error instanceof WWWAuthenticateChallengeError) return 'provider-misconfigured'
  if (error instanceof ClientError) return codeForClientError(error)
  // What fetch throws; of wrong use of the library the errors have a code.
  return error instanceof TypeError && !('code' in error) ? 'provider-unreachable' : undefined
}

function codeForClientError({ code = '', cause }: ClientError): RegistryErrorCode {
  if (NOTHING_CAME.includes(code)) return 'provider-unreachable'
  if (cause instanceof Response) return cause.status >= 500 ? 'provider-unreachable' : 'provider-misconfigured'
  return 'provider-answer-refused'
}
