import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Access keys of an account at most. */
export const ACCESS_KEYS_LIMIT = 10

/** A key pair that signs requests to `/v1`, without the half that is secret. */
export const AccessKey = z.object({
  /** The half that is sent with each request. */
  id: z.string(),
  description: z.string(),
  disabled: z.boolean(),
  /** Whether it comes from the server's configuration, whose next start makes it again when it is deleted. */
  configured: z.boolean(),
  created: z.string(),
  /** To the minute; null: never. */
  lastUsed: z.nullable(z.string()),
})
export type AccessKey = z.infer<typeof AccessKey>

const description = z.string().check(z.trim(), z.maxLength(256, 'at-most-256'), z.regex(/^\P{Cc}*$/u, 'printable'))
const path = '/console/account/access-keys'
const params = z.object({ accessKeyId: z.string() })

/** The access keys of whoever asks, oldest first. */
export const listAccessKeys = endpoint({
  method: 'GET',
  path,
  needs: 'session',
  params: nothing,
  query: nothing,
  body: 'none',
  response: z.object({ items: z.array(AccessKey) }),
})

/** The answer alone tells the secret. */
export const createAccessKey = endpoint({
  method: 'POST',
  path,
  needs: 'session',
  params: nothing,
  query: nothing,
  body: z.object({ description }),
  response: z.extend(AccessKey, { secret: z.string() }),
})

/** Changes what is given. */
export const changeAccessKey = endpoint({
  method: 'PUT',
  path: `${path}/:accessKeyId`,
  needs: 'session',
  params,
  query: nothing,
  body: z.object({ description: z.optional(description), disabled: z.optional(z.boolean()) }),
  response: AccessKey,
})

export const deleteAccessKey = endpoint({
  method: 'DELETE',
  path: `${path}/:accessKeyId`,
  needs: 'session',
  params,
  query: nothing,
  body: 'none',
  response: 'empty',
})
