import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { RegistryError, type RegistryErrorCode, type RegistryErrorKind } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import type { Context } from '../context.ts'
import { BASIC_CHALLENGE, bearerChallenge, setChallenges, TOKEN_PATH } from '../helm/challenge.ts'
import { setReason } from '../helm/reason-phrase.ts'
import type { HttpContext } from '../http-env.ts'
import { preferredLanguage } from '../transport/language.ts'
import { withPlainHttp } from './plain-http.ts'
import { requestedScope } from './requested-scope.ts'

/** The codes that the specification has. */
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
  // CNCF distribution's, for what is not the client's fault.
  | 'UNKNOWN'

type Wire = readonly [code: OciCode, status: ContentfulStatusCode]

/** What each kind of refusal is. Whatever will not change is a 4xx: clients try the others again and again. */
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

/** What a client is told of its token (RFC 6750, 3.1). */
const WRONG_TOKENS: Partial<Record<RegistryErrorCode, 'invalid_token' | 'insufficient_scope'>> = {
  'credential-refused': 'invalid_token',
  'token-scope-missing': 'insufficient_scope',
}

/**
 * The answer to anything thrown at the OCI door: `{"errors": [{code, message}]}`, which helm since 3.18 prints,
 * and the same in the status line, which helm before that prints. What nobody expected is logged here, once, with the
 * request's ID, and told to nobody. Source: distribution-spec, error codes.
 */
export function ociErrorResponse(c: HttpContext, context: Context, thrown: unknown): Response {
  const error = thrown instanceof RegistryError ? withPlainHttp(c, context, thrown) : new RegistryError('internal')
  const [code, status] = BY_CODE[error.code] ?? BY_KIND[error.kind]
  if (error.kind === 'internal') {
    const requestId = c.get('requestId')
    context.log.error({ err: thrown, requestId, method: c.req.method, path: c.req.path }, 'request failed')
  }
  setReason(c, status, error)
  if (status === 401) setChallenges(c, challengeFor(c, context, error))
  if (error.code === 'blob-in-use') c.header('Allow', 'GET, HEAD')
  c.header('Cache-Control', 'no-store')
  c.header('Content-Type', 'application/json; charset=utf-8')
  if (typeof error.params.seconds === 'number') c.header('Retry-After', String(Math.ceil(error.params.seconds)))
  const message = errorMessage(error, preferredLanguage(c.req.header('accept-language')))
  // No `detail`: helm since 3.18 would print it as Go prints a map.
  return c.body(JSON.stringify({ errors: [{ code, message }] }), status)
}

/**
 * The token service takes names and passwords. Everything under `/v2/` offers Bearer only, though it accepts Basic too:
 * clients that read one challenge and have no password (Renovate) give up at Basic, and never ask for the anonymous
 * token that opens public namespaces; oras-go without a login drops the server's sentence when Basic comes first.
 */
function challengeFor(c: HttpContext, context: Context, error: RegistryError): string {
  if (c.req.path === TOKEN_PATH) return BASIC_CHALLENGE
  const isBearer = /^bearer /i.test(c.req.header('authorization') ?? '')
  // An anonymous token is valid, it only lacks an account. With an error code containerd would print that code, and
  // not the status line, which says what to do.
  const wrong = isBearer ? WRONG_TOKENS[error.code] : undefined
  return bearerChallenge(c, context, { scope: requestedScope(c), error: wrong })
}
