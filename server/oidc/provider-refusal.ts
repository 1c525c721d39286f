import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { RegistryError, type RegistryErrorCode } from '../registry/core/registry-error.ts'

/** Error codes of a failing provider. Source: RFC 6749, 4.1.2.1. */
const SERVER_ERRORS = ['temporarily_unavailable', 'server_error']
/**
 * Error codes if the provider or the user denies the sign-in. Source: RFC 6749, 4.1.2.1; OpenID Connect Core 1.0,
 * 3.1.2.6.
 */
const DENIALS = [
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]
/** Codes of `openid-client` for requests without a response. */
const TIMEOUTS = ['OAUTH_TIMEOUT', 'OAUTH_ABORT']

/**
 * Converts an error of the provider or the connection to it into a `RegistryError`, with the original as its cause.
 * Returns other errors, which are defects, unchanged.
 */
export function providerRefusal(error: unknown): unknown {
  const code = codeFor(error)
  return code === undefined ? error : Object.assign(new RegistryError(code), { cause: error })
}

/** Returns the messages of an error and its causes for the log, without tokens and claims. */
export function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error instanceof Response ? [`status ${error.status}`] : []
  const response = error instanceof ResponseBodyError || error instanceof AuthorizationResponseError ? error : undefined
  const detail = response
    ? ` (${response.error}${response.error_description ? `: ${response.error_description}` : ''})`
    : ''
  return [`${error.message}${detail}`, ...reasonsOf(error.cause)]
}

function codeFor(error: unknown): RegistryErrorCode | undefined {
  if (error instanceof AuthorizationResponseError) {
    if (SERVER_ERRORS.includes(error.error)) return 'provider-unreachable'
    return DENIALS.includes(error.error) ? 'provider-denied' : 'provider-misconfigured'
  }
  if (error instanceof ResponseBodyError) {
    if (error.status >= 500) return 'provider-unreachable'
    // The authorization code was used before or has expired.
    return error.error === 'invalid_grant' ? 'sign-in-lost' : 'provider-misconfigured'
  }
  if (error instanceof WWWAuthenticateChallengeError) return 'provider-misconfigured'
  if (error instanceof ClientError) return codeForClientError(error)
  // fetch throws a TypeError without a code; misuse of openid-client has a code.
  return error instanceof TypeError && !('code' in error) ? 'provider-unreachable' : undefined
}

function codeForClientError({ code = '', cause }: ClientError): RegistryErrorCode {
  if (TIMEOUTS.includes(code)) return 'provider-unreachable'
  if (cause instanceof Response) return cause.status >= 500 ? 'provider-unreachable' : 'provider-misconfigured'
  return 'provider-answer-refused'
}
