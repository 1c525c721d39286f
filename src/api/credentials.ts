import { queryOptions } from '@tanstack/react-query'
import { fixPassword, issuePassword } from '../../contract/ccr/credentials.ts'
import { getCredentialFacts } from '../../contract/console/credentials.ts'
import { call } from './http.ts'

export const credentialQueries = {
  /** What passwords the reader has at an instance; never the passwords. */
  own: (instanceId: string) =>
    queryOptions({
      queryKey: ['instances', 'detail', instanceId, 'credential'],
      queryFn: ({ signal }) => call(getCredentialFacts, { params: { instanceId }, signal }),
    }),
}

/** Makes `password` the reader's fixed one; the one before is good no more. */
export function setFixedPassword(instanceId: string, password: string): Promise<unknown> {
  return call(fixPassword, { params: { instanceId }, body: { password } })
}

/** Answers with a password that is good for so many hours. */
export async function getTemporaryPassword(instanceId: string, hours: number): Promise<string> {
  return (await call(issuePassword, { params: { instanceId }, body: { duration: hours } })).password
}
