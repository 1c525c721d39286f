import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { INSTANCE_ID } from '../../../contract/domain/instance-id.ts'
import type { RegistryErrorKind } from '../../registry/core/registry-error.ts'
import { type ErrorRenderer, messageFor } from '../errors/error-handler.ts'
import { BASIC_CHALLENGE, bearerChallenge, setChallenges } from '../helm/challenge.ts'
import { setReason } from '../helm/reason-phrase.ts'
import type { HttpContext } from '../http-env.ts'

/** Status of each kind of error. */
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
 * Renders an error of the classic API: `{"error": …}`, which cm-push prints, and the message in the status line, which
 * helm prints. Source: ChartMuseum `pkg/chartmuseum/server/multitenant/handlers.go`.
 */
export const classicErrorResponse: ErrorRenderer = (c, context, error) => {
  const status = STATUS[error.kind]
  setReason(c, status, error)
  if (status === 401) setChallenges(c, BASIC_CHALLENGE, bearerChallenge(c, context, { scope: requestedScope(c) }))
  return { status, body: { error: messageFor(c, error) } }
}

const CLASSIC_PATH = new RegExp(`^/(?:api/)?(${INSTANCE_ID}/)?chartrepo/(?:api/)?([a-z0-9._-]+)/`)

/** Scope of a token for this request: `repository:team:pull`; undefined for paths without a namespace. */
function requestedScope(c: HttpContext): string | undefined {
  const [, instance = '', namespace] = CLASSIC_PATH.exec(c.req.path) ?? []
  if (namespace === undefined) return undefined
  return `repository:${instance}${namespace}:${ACTIONS[c.req.method] ?? 'pull'}`
}

const ACTIONS: Readonly<Record<string, string>> = { POST: 'pull,push', DELETE: 'delete' }
