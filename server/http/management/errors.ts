import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorBody, ErrorCode } from '../../../contract/ccr/errors.ts'
import { RegistryError, type RegistryErrorCode, type RegistryErrorKind } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { preferredLanguage } from '../transport/language.ts'

type Wire = readonly [code: ErrorCode, status: ContentfulStatusCode]

/** What each kind of refusal is on the wire of `/v1` and `/console`. */
const BY_KIND: Readonly<Record<RegistryErrorKind, Wire>> = {
  invalid: ['BadRequest', 400],
  chart: ['BadRequest', 400],
  unauthenticated: ['Unauthorized', 401],
  denied: ['Unauthorized', 401],
  missing: ['NotFound', 404],
  conflict: ['StatusConflict', 409],
  immutable: ['StatusConflict', 409],
  precondition: ['PreconditionFailed', 412],
  quota: ['QuotaExceed', 412],
  'too-large': ['EntityTooLarge', 413],
  throttled: ['TooManyRequests', 429],
  timeout: ['RequestTimeout', 408],
  'not-empty': ['PreconditionFailed', 412],
  range: ['InvalidRange', 416],
  method: ['MethodNotAllowed', 405],
  storage: ['Internal server error', 507],
  internal: ['Internal server error', 500],
}

/** Where the service documents a code of its own for one of a kind. */
const BY_CODE: Partial<Record<RegistryErrorCode, Wire>> = {
  'json-malformed': ['MalformedJSON', 400],
  'signature-missing': ['SignatureEmpty', 400],
  'signature-refused': ['IamSignatureInvalid', 403],
  'signature-without-host': ['InvalidHTTPAuthHeader', 400],
  'signature-validity': ['InvalidHTTPAuthHeader', 400],
  'signature-expired': ['RequestExpired', 400],
  // The vendor's JavaScript client sets its clock by this answer's Date and tries once more.
  'signature-early': ['RequestTimeTooSkewed', 403],
  'authorization-malformed': ['InvalidHTTPAuthHeader', 400],
  'session-token-refused': ['AccessDenied', 403],
  'access-key-unknown': ['InvalidAccessKeyId', 403],
  'access-key-disabled': ['InvalidAccessKeyId', 403],
  'origin-refused': ['AccessDenied', 403],
  'registry-administrators-only': ['AccessDenied', 403],
}

/**
 * The answer to anything thrown on the way, by the language the client likes best. What nobody expected is logged
 * here, once, with the request's ID, and told to nobody.
 */
export function managementErrorResponse(c: HttpContext, context: Context, thrown: unknown): Response {
  const requestId = c.get('requestId')
  const error = thrown instanceof RegistryError ? thrown : new RegistryError('internal')
  const [code, status] = BY_CODE[error.code] ?? BY_KIND[error.kind]
  if (error.kind === 'internal') {
    context.log.error({ err: thrown, requestId, method: c.req.method, path: c.req.path }, 'request failed')
  }
  const message = errorMessage(error, preferredLanguage(c.req.header('accept-language')))
  c.header('Cache-Control', 'no-store')
  c.header('Content-Type', 'application/json; charset=utf-8')
  // Only this header opens the console's sign-in dialog: a wrong password must not.
  if (error.code === 'session-missing') c.header('WWW-Authenticate', 'Session')
  if (typeof error.params.seconds === 'number') c.header('Retry-After', String(Math.ceil(error.params.seconds)))
  return c.body(JSON.stringify({ code, message, requestId } satisfies ErrorBody), status)
}
