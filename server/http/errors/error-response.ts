import { RegistryError, type RegistryErrorCode } from '../../registry/core/registry-error.ts'
import { storageProblem } from '../../storage-problem.ts'
import { classicErrorResponse } from '../chartrepo/errors.ts'
import type { Context } from '../context.ts'
import { setReason } from '../helm/reason-phrase.ts'
import type { HttpContext } from '../http-env.ts'
import { managementErrorResponse as managementErrorAnswer } from '../management/errors.ts'
import { ociErrorResponse } from '../oci/errors.ts'
import { auditDenial } from './audit-denial.ts'

/** Whose errors are answered how, by the path; what no surface claims gets the answers of the management API. */
const SURFACES: readonly (readonly [paths: RegExp, answer: typeof managementErrorAnswer])[] = [
  [/^\/(ccr-[0-9a-z]{8}\/)?chartrepo(\/|$)|^\/api(\/|$)/, classicErrorResponse],
  [/^\/(v2|service)(\/|$)/, ociErrorResponse],
]

/** The answer to anything thrown, in the words of the surface that the request came to; what is a refusal is written down. */
export async function errorResponse(c: HttpContext, context: Context, error: unknown): Promise<Response> {
  const problem = storageProblem(error)
  const thrown = problem === undefined ? error : new RegistryError(`storage-${problem}`)
  if (problem !== undefined) {
    const { method, path } = c.req
    context.log.error({ err: error, requestId: c.get('requestId'), method, path }, 'storage takes no writes')
  }
  if (thrown instanceof RegistryError) {
    await auditDenial(c, context, thrown)
    logLostBlob(c, context, thrown)
  }
  const surface = SURFACES.find(([paths]) => paths.test(c.req.path))
  const answer = (surface ? surface[1] : managementErrorAnswer)(c, context, thrown)
  // Helm clients with a wrong address get here, and print the status line.
  if (thrown instanceof RegistryError && thrown.code === 'address-unknown') setReason(c, answer.status, thrown)
  return answer
}

const LOST: ReadonlySet<RegistryErrorCode> = new Set(['blob-lost', 'manifest-blob-lost'])

/** To the client it is a 404 like others; the operator must learn of it. */
function logLostBlob(c: HttpContext, { log }: Context, { code, params }: RegistryError): void {
  if (!LOST.has(code)) return
  const requestId = c.get('requestId')
  log.error({ digest: params.digest, requestId, method: c.req.method, path: c.req.path }, 'blob missing or damaged')
}
