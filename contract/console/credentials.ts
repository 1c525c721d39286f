import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** The caller's passwords for the Helm APIs of an instance, without the passwords themselves. */
export const CredentialSummary = z.object({
  /** Login name. */
  name: z.string(),
  /** Time when the fixed password was set; null if there is none. */
  fixed: z.nullable(z.string()),
  /** Valid temporary passwords, the first to expire first. */
  temporary: z.array(z.object({ created: z.string(), expires: z.string() })),
})
export type CredentialSummary = z.infer<typeof CredentialSummary>

export const ownCredentialEndpoints = {
  getSummary: endpoint({
    method: 'GET',
    path: '/console/instances/:instanceId/credential',
    needs: 'read',
    about: 'instance',
    params: z.object({ instanceId: z.string() }),
    query: nothing,
    body: 'none',
    response: CredentialSummary,
  }),
}
