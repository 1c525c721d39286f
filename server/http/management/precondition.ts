import type { Precondition } from '../../../contract/domain/precondition.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpContext } from '../http-env.ts'

/**
 * Reads the precondition of an upload: `If-None-Match: *` if the version must not exist, `If-Match: "<digest>"` if it must
 * have this archive digest. Throws `header-invalid` for anything else in these headers, because ignoring a precondition
 * could overwrite a version.
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
