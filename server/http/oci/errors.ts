import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { RegistryError, RegistryErrorCode, RegistryErrorKind } from '../../registry/core/registry-error.ts'
import { type ErrorRenderer, type ErrorResponse, messageFor } from '../errors/error-handler.ts'
import { BASIC_CHALLENGE, bearerChallenge, setChallenges } from '../helm/challenge.ts'
import { setReason } from '../helm/reason-phrase.ts'
import type { HttpContext } from '../http-env.ts'
import { withPlainHttp } from './plain-http.ts'
import { requestedScope } from './requested-scope.ts'

/** Error codes of the specification. */
type OciCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_INVALID'
  | 'NAME_UNKNOWN'
  | 'SIZE_INVALID'
  | 'UNAUTHORIZED'
  | 'DENIED'
  | 'UNSUPPORTED'
  | 'TOOMANYREQUESTS'
  // From CNCF distribution, for errors that are not the client's fault.
  | 'UNKNOWN'

/** Error code and status of a response. */
type Wire = readonly [code: OciCode, status: ContentfulStatusCode]

/** Response for each kind of error. Permanent errors are 4xx, because clients retry all others. */
const BY_KIND: Readonly<Record<RegistryErrorKind, Wire>> = {
  invalid: ['UNSUPPORTED', 400],
  chart: ['MANIFEST_INVALID', 400],
  unauthenticated: ['UNAUTHORIZED', 401],
  denied: ['DENIED', 403],
  missing: ['NAME_UNKNOWN', 404],
  conflict: ['DENIED', 409],
  immutable: ['DENIED', 403],
  precondition: ['DENIED', 412],
  quota: ['DENIED', 403],
  'too-large': ['SIZE_INVALID', 413],
  throttled: ['TOOMANYREQUESTS', 429],
  timeout: ['UNSUPPORTED', 408],
  'not-empty': ['DENIED', 409],
  range: ['BLOB_UPLOAD_INVALID', 416],
  method: ['UNSUPPORTED', 405],
  storage: ['UNKNOWN', 507],
  internal: ['UNKNOWN', 500],
}

const BY_CODE: Partial<Record<RegistryErrorCode, Wire>> = {
  'repository-name-invalid': ['NAME_INVALID', 400],
  'digest-invalid': ['DIGEST_INVALID', 400],
  'digest-mismatch': ['DIGEST_INVALID', 400],
  'manifest-invalid': ['MANIFEST_INVALID', 400],
  'tag-invalid': ['MANIFEST_INVALID', 400],
  'provenance-not-text': ['MANIFEST_INVALID', 400],
  'upload-size-wrong': ['SIZE_INVALID', 400],
  'upload-cut-off': ['BLOB_UPLOAD_INVALID', 400],
  'manifest-missing': ['MANIFEST_UNKNOWN', 404],
  'manifest-blob-missing': ['MANIFEST_BLOB_UNKNOWN', 404],
  'blob-missing': ['BLOB_UNKNOWN', 404],
  'manifest-blob-lost': ['MANIFEST_BLOB_UNKNOWN', 404],
  'blob-lost': ['BLOB_UNKNOWN', 404],
  // end-10 fails with 400, 404 or 405 only.
  'blob-in-use': ['UNSUPPORTED', 405],
  'oci-upload-missing': ['BLOB_UPLOAD_UNKNOWN', 404],
}

/** `error` parameter of a Bearer challenge (RFC 6750, 3.1). */
const TOKEN_ERRORS: Partial<Record<RegistryErrorCode, 'invalid_token' | 'insufficient_scope'>> = {
  'credential-refused': 'invalid_token',
  'token-scope-missing': 'insufficient_scope',
}

/**
 * Renders an error under `/v2/`. A 401 offers Bearer only, although Basic is accepted: clients that read one challenge
 * and have no password (Renovate) give up at Basic and never ask for the anonymous token that opens public namespaces;
 * oras-go without a login drops the message when Basic comes first.
 */
export const ociErrorResponse: ErrorRenderer = (c, context, thrown) => {
  const error = withPlainHttp(c, context, thrown)
  const challenge = () => bearerChallenge(c, context, { scope: requestedScope(c), error: tokenError(c, error) })
  return ociError(c, error, challenge)
}

/** Renders an error of the token service, which accepts names and passwords. */
export const tokenErrorResponse: ErrorRenderer = (c, context, thrown) =>
  ociError(c, withPlainHttp(c, context, thrown), () => BASIC_CHALLENGE)

/**
 * `{"errors": [{code, message}]}`, which helm since 3.18 prints, and the message in the status line, which older helm
 * prints. Source: distribution-spec, error codes.
 */
function ociError(c: HttpContext, error: RegistryError, challenge: () => string): ErrorResponse {
  const [code, status] = BY_CODE[error.code] ?? BY_KIND[error.kind]
  setReason(c, status, error)
  if (status === 401) setChallenges(c, challenge())
  if (error.code === 'blob-in-use') c.header('Allow', 'GET, HEAD')
  // No `detail`: helm since 3.18 would print it as Go prints a map.
  return { status, body: { errors: [{ code, message: messageFor(c, error) }] } }
}

/**
 * Error of the token in a request. None for an anonymous token, which is valid but lacks an account: with an error code
 * containerd would print that code and not the status line, which says what to do.
 */
function tokenError(c: HttpContext, { code }: RegistryError) {
  const isBearer = /^bearer /i.test(c.req.header('authorization') ?? '')
  return isBearer ? TOKEN_ERRORS[code] : undefined
}
