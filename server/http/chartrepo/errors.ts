import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { RegistryError, type RegistryErrorKind } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import type { Context } from '../context.ts'
import { BASIC_CHALLENGE, bearerChallenge, setChallenges } from '../helm/challenge.ts'
import { setReason } from '../helm/reason-phrase.ts'
import type { HttpContext } from '../http-env.ts'
import { preferredLanguage } from '../transport/language.ts'

/** What each kind of refusal is at the classic door. */
const STATUS: Readonly<Record<RegistryErrorKind, ContentfulStatusCode>> = {
  invalid: 400,
  chart: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  immutable: 409,
  precondition: 412,
  quota: 403,
  'too-large': 413,
  throttled: 429,
  timeout: 408,
  'not-empty': 412,
  range: 416,
  method: 405,
  storage: 507,
  internal: 500,
}

/**
 * The answer to anything thrown at the classic door: `{"error": …}`, which cm-push prints, and the same in the status
 * line, which helm prints. What nobody expected is logged here, once, with the request's ID, and told to nobody.
 * Source: ChartMuseum `pkg/chartmuseum/server/multitenant/handlers.go`.
 */
export function classicErrorResponse(c: HttpContext, context: Context, thrown: unknown): Response {
  const error = thrown instanceof RegistryError ? thrown : new RegistryError('internal')
  const status = STATUS[error.kind]
  if (error.kind === 'internal') {
    const requestId = c.get('requestId')
    context.log.error({ err: thrown, requestId, method: c.req.method, path: c.req.path }, 'request failed')
  }
  setReason(c, status, error)
  if (status === 401) setChallenges(c, BASIC_CHALLENGE, bearerChallenge(c, context, { scope: wantedScope(c) }))
  c.header('Cache-Control', 'no-store')
  c.header('Content-Type', 'application/json; charset=utf-8')
  if (typeof error.params.seconds === 'number') c.header('Retry-After', String(Math.ceil(error.params.seconds)))
  const message = errorMessage(error, preferredLanguage(c.req.header('accept-language')))
  return c.body(JSON.stringify({ error: message }), status)
}

/** What a token would have to be asked for to make this request: `repository:team:pull`; undefined for none. */
function wantedScope(c: HttpContext): string | undefined {
  const [, instance = '', namespace] =
    /^\/(?:api\/)?(ccr-[0-9a-z]{8}\/)?chartrepo\/(?:api\/)?([a-z0-9._-]+)\//.exec(c.req.path) ?? []
  if (namespace === undefined) return undefined
  return `repository:${instance}${namespace}:${ACTIONS[c.req.method] ?? 'pull'}`
}

const ACTIONS: Readonly<Record<string, string>> = { POST: 'pull,push', DELETE: 'delete' }
