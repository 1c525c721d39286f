import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Maximum number of access keys of an account. */
export const ACCESS_KEYS_LIMIT = 10

/** A key pair for signing requests to `/v1`, without its secret. */
export const AccessKey = z.object({
  /** Access key ID, sent with each request. */
  id: z.string(),
  description: z.string(),
  disabled: z.boolean(),
  /** Whether it comes from the server's configuration. If deleted, the next start creates it again. */
  configured: z.boolean(),
  created: z.string(),
  /** Precise to the minute; null if never used. */
  lastUsed: z.nullable(z.string()),
})
export type AccessKey = z.infer<typeof AccessKey>

const description = z.string().check(z.trim(), z.maxLength(256, 'at-most-256'), z.regex(/^\P{Cc}*$/u, 'printable'))
const path = '/console/account/access-keys'
const params = z.object({ accessKeyId: z.string() })

export const accessKeyEndpoints = {
  /** Lists the caller's access keys, oldest first. */
  list: endpoint({
    method: 'GET',
    path,
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: 'none',
    response: z.object({ items: z.array(AccessKey) }),
  }),

  /** Creates an access key. Only this response contains the secret. */
  create: endpoint({
    method: 'POST',
    path,
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: z.object({ description }),
    response: z.extend(AccessKey, { secret: z.string() }),
  }),

  /** Changes the given fields. */
  change: endpoint({
    method: 'PUT',
    path: `${path}/:accessKeyId`,
    needs: 'session',
    about: 'registry',
    params,
    query: nothing,
    body: z.object({ description: z.optional(description), disabled: z.optional(z.boolean()) }),
    response: AccessKey,
  }),

  delete: endpoint({
    method: 'DELETE',
    path: `${path}/:accessKeyId`,
    needs: 'session',
    about: 'registry',
    params,
    query: nothing,
    body: 'none',
    response: 'empty',
  }),
}
