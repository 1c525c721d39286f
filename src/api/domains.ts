import { replaceDomains } from '../../contract/console/domains.ts'
import { call } from './http.ts'

/** Puts `domains` in the place of all custom domains that the instance has. 409 when one leads elsewhere already. */
export function setDomains(instanceId: string, domains: string[]): Promise<unknown> {
  return call(replaceDomains, { params: { instanceId }, body: { domains } })
}
