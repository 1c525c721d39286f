import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorBody, ErrorCode } from '../../../contract/ccr/errors.ts'
import type { RegistryErrorCode, RegistryErrorKind } from '../../registry/core/registry-error.ts'
import { type ErrorRenderer, messageFor } from '../errors/error-handler.ts'

/** Error code and status of a response. */
type Wire = readonly [code: ErrorCode, status: ContentfulStatusCode]

/** Response for each kind of error. */
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

/** Exceptions, for which the vendor's service documents its own codes. */
const BY_CODE: Partial<Record<RegistryErrorCode, Wire>> = {
  'json-malformed': ['MalformedJSON', 400],
  'signature-missing': ['SignatureEmpty', 400],
  'signature-refused': ['IamSignatureInvalid', 403],
  'signature-without-host': ['InvalidHTTPAuthHeader', 400],
  'signature-validity': ['InvalidHTTPAuthHeader', 400],
  'signature-expired': ['RequestExpired', 400],
  // The vendor's JavaScript client sets its clock by the Date of this response and retries once.
  'signature-early': ['RequestTimeTooSkewed', 403],
  'authorization-malformed': ['InvalidHTTPAuthHeader', 400],
  'session-token-refused': ['AccessDenied', 403],
  'access-key-unknown': ['InvalidAccessKeyId', 403],
  'access-key-disabled': ['InvalidAccessKeyId', 403],
  'origin-refused': ['AccessDenied', 403],
  'registry-administrators-only': ['AccessDenied', 403],
}

/** Renders an error of `/v1` and `/console`: `{"code", "message", "requestId"}`. */
export const managementErrorResponse: ErrorRenderer = (c, _context, error) => {
  const [code, status] = BY_CODE[error.code] ?? BY_KIND[error.kind]
  // Only this header opens the console's sign-in dialog; a wrong password must not.
  if (error.code === 'session-missing') c.header('WWW-Authenticate', 'Session')
  return { status, body: { code, message: messageFor(c, error), requestId: c.get('requestId') } satisfies ErrorBody }
}
