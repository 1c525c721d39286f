import { queryOptions } from '@tanstack/react-query'
import { domainEndpoints } from '../../contract/console/domains.ts'
import { call } from './http.ts'

export const domainQueries = {
  /** Custom domains of an instance, including those not in use. */
  list: (instanceId: string) =>
    queryOptions({
      queryKey: ['instances', 'detail', instanceId, 'domains'],
      queryFn: ({ signal }) => call(domainEndpoints.get, { params: { instanceId }, signal }),
    }),
}

/** Replaces all custom domains of the instance. Throws {@link ApiError} 409 if another instance uses one of them. */
export function setDomains(instanceId: string, domains: string[]): Promise<unknown> {
  return call(domainEndpoints.replace, { params: { instanceId }, body: { domains } })
}
