import { queryOptions } from '@tanstack/react-query'
import { credentialEndpoints } from '../../contract/ccr/credentials.ts'
import { ownCredentialEndpoints } from '../../contract/console/credentials.ts'
import { call } from './http.ts'

export const credentialQueries = {
  /** Which passwords the user has for an instance, and their validity; never the passwords themselves. */
  own: (instanceId: string) =>
    queryOptions({
      queryKey: ['instances', 'detail', instanceId, 'credential'],
      queryFn: ({ signal }) => call(ownCredentialEndpoints.getSummary, { params: { instanceId }, signal }),
    }),
}

/** Sets the user's fixed password for an instance; the previous one stops working. */
export function setFixedPassword(instanceId: string, password: string): Promise<unknown> {
  return call(credentialEndpoints.fixPassword, { params: { instanceId }, body: { password } })
}

/** Issues a temporary password that is valid for `hours`. */
export async function issueTemporaryPassword(instanceId: string, hours: number): Promise<string> {
  return (await call(credentialEndpoints.issuePassword, { params: { instanceId }, body: { duration: hours } })).password
}
