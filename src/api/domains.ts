import { queryOptions } from '@tanstack/react-query'
import { getDomains, replaceDomains } from '../../contract/console/domains.ts'
import { call } from './http.ts'

export const domainQueries = {
  /** The custom domains of an instance, those not in use included. */
  of: (instanceId: string) =>
    queryOptions({
      queryKey: ['instances', 'detail', instanceId, 'domains'],
      queryFn: ({ signal }) => call(getDomains, { params: { instanceId }, signal }),
    }),
}

/** Puts `domains` in the place of all custom domains that the instance has. 409 when one leads elsewhere already. */
export function setDomains(instanceId: string, domains: string[]): Promise<unknown> {
  return call(replaceDomains, { params: { instanceId }, body: { domains } })
}
