import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { RegistryError, type RegistryErrorCode } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import { storageProblem } from '../../storage-problem.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { preferredLanguage } from '../transport/language.ts'
import { auditDenial } from './audit-denial.ts'

/** Status and JSON body of an error response. */
export interface ErrorResponse {
  readonly status: ContentfulStatusCode
  readonly body: object
}

/** How an API renders an error; may also set headers. */
export type ErrorRenderer = (c: HttpContext, context: Context, error: RegistryError) => ErrorResponse

/**
 * Returns the error handler of an API. It logs errors once, with the request ID, records denials in the audit log, and
 * responds with what `render` returns. Errors other than `RegistryError` become `internal`, whose message has no details.
 */
export function errorHandler(context: Context, render: ErrorRenderer) {
  return async (thrown: Error, c: HttpContext): Promise<Response> => {
    const error = registryErrorOf(thrown)
    logError(c, context, error, thrown)
    await auditDenial(c, context, error)
    const { status, body } = render(c, context, error)
    c.header('Cache-Control', 'no-store')
    c.header('Content-Type', 'application/json; charset=utf-8')
    if (typeof error.params.seconds === 'number') c.header('Retry-After', String(Math.ceil(error.params.seconds)))
    return c.body(JSON.stringify(body), status)
  }
}

/** Returns the message of an error in the language that the client prefers. */
export function messageFor(c: HttpContext, error: RegistryError): string {
  return errorMessage(error, preferredLanguage(c.req.header('accept-language')))
}

function registryErrorOf(thrown: Error): RegistryError {
  if (thrown instanceof RegistryError) return thrown
  const problem = storageProblem(thrown)
  return new RegistryError(problem === undefined ? 'internal' : `storage-${problem}`)
}

/** Errors that clients see as a missing blob, but that operators must learn of. */
const LOST: ReadonlySet<RegistryErrorCode> = new Set(['blob-lost', 'manifest-blob-lost'])

function logError(c: HttpContext, { log }: Context, error: RegistryError, thrown: Error): void {
  const request = { requestId: c.get('requestId'), method: c.req.method, path: c.req.path }
  if (LOST.has(error.code)) log.error({ digest: error.params.digest, ...request }, 'blob missing or damaged')
  if (error.kind === 'storage' && thrown !== error) log.error({ err: thrown, ...request }, 'storage takes no writes')
  if (error.kind === 'internal') log.error({ err: thrown, ...request }, 'request failed')
}
