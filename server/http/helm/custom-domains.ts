import { isDomain } from '../../../contract/domain/domain-name.ts'

/**
 * Whether a custom domain leads Helm clients to its instance. Those kept from before a rule was made may break it, and
 * the public URL may have been changed to one of them: they are shown as not in use.
 */
export function isDomainInUse(domain: string, publicUrl: string): boolean {
  return isDomain(domain) && domain !== new URL(publicUrl).hostname
}
