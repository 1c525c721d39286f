import { recordDenial } from '../../registry/audit/record-denial.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { isUnsafe } from '../authentication/origin.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'

/** Writes down what was refused, where it belongs into the record. What goes wrong with that is logged, and no more. */
export async function auditDenial(c: HttpContext, context: Context, refused: RegistryError): Promise<void> {
  const attempt = c.get('attempt')
  if (!attempt) return
  const caller = c.get('caller')
  try {
    await recordDenial(context.registry, {
      ...attempt,
      call: caller ? { ...attempt.call, caller } : attempt.call,
      refused: c.get('hidden') ? new RegistryError('not-allowed') : refused,
      tried: c.get('tried'),
      request: { method: c.req.method, path: c.req.path, writes: isUnsafe(c.req.method) },
    })
  } catch (error) {
    context.log.error({ err: error, requestId: c.get('requestId') }, 'a refusal could not be written down')
  }
}
