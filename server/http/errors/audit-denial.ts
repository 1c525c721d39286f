import { recordDenial } from '../../registry/audit/record-denial.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { isUnsafe } from '../authentication/origin.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'

/** Records an error in the audit log if it is a denial. If that fails, the failure is only logged. */
export async function auditDenial(c: HttpContext, context: Context, error: RegistryError): Promise<void> {
  const attempt = c.get('attempt')
  if (!attempt) return
  const caller = c.get('caller')
  try {
    await recordDenial(context.registry, {
      ...attempt,
      call: caller ? { ...attempt.call, caller } : attempt.call,
      refused: c.get('isDeniedAsMissing') ? new RegistryError('not-allowed') : error,
      tried: c.get('claimedName'),
      request: { method: c.req.method, path: c.req.path, writes: isUnsafe(c.req.method) },
    })
  } catch (failure) {
    context.log.error({ err: failure, requestId: c.get('requestId') }, 'denial not recorded in the audit log')
  }
}
