import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** What the dictated API does not say of the caller's own passwords at the Helm doors of an instance. */
export const CredentialSummary = z.object({
  /** The name that goes with them. */
  name: z.string(),
  /** When the fixed password was set; null when there is none. */
  fixed: z.nullable(z.string()),
  /** Temporary passwords that are still good, the one that ends first before the others. */
  temporary: z.array(z.object({ created: z.string(), expires: z.string() })),
})
export type CredentialSummary = z.infer<typeof CredentialSummary>

export const getCredentialSummary = endpoint({
  method: 'GET',
  path: '/console/instances/:instanceId/credential',
  needs: 'read',
  params: z.object({ instanceId: z.string() }),
  query: nothing,
  body: 'none',
  response: CredentialSummary,
})
