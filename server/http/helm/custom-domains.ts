import { isDomain } from '../../../contract/domain/domain-name.ts'

/**
 * Whether requests to a custom domain go to its instance. Domains that break a rule made later, or that the public URL
 * has since been changed to, stay stored and are shown as not in use.
 */
export function isDomainInUse(domain: string, publicUrl: string): boolean {
  return isDomain(domain) && domain !== new URL(publicUrl).hostname
}
