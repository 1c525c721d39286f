import type { Precondition } from '../../../contract/domain/precondition.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpContext } from '../http-env.ts'

/**
 * What an upload demands of the version that is there: `If-None-Match: *` that there is none, `If-Match: "<digest>"`
 * that it has this archive digest. Anything else in these headers is refused: a demand that is not understood must
 * not be passed over. Throws `header-invalid`.
 */
export function preconditionOf(c: HttpContext): Precondition | undefined {
  const ifNoneMatch = c.req.header('if-none-match')
  const ifMatch = c.req.header('if-match')
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== '*' || ifMatch !== undefined) {
      throw new RegistryError('header-invalid', { header: 'If-None-Match' })
    }
    return { ifNoneMatch: true }
  }
  if (ifMatch === undefined) return undefined
  const digest = /^\s*"([0-9a-f]{64})"\s*$/.exec(ifMatch)?.[1]
  if (!digest) throw new RegistryError('header-invalid', { header: 'If-Match' })
  return { ifMatch: digest }
}
