import * as z from 'zod/mini'
import { INSTANCE_TYPES } from '../domain/instance-types.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { pageNo, pageOf, pageSize } from './paging.ts'

const TAG_TEXT = /^[\p{L}\p{N}\-_/.]*$/u

/** A label on an instance. Key 1 to 65 characters, value 0 to 65: letters of any script, digits, `-_/.`. */
export const Tag = z.object({
  tagKey: z
    .string()
    .check(z.minLength(1, 'required'), z.maxLength(65, 'at-most-65'), z.regex(TAG_TEXT, 'tag-characters')),
  tagValue: z.string().check(z.maxLength(65, 'at-most-65'), z.regex(TAG_TEXT, 'tag-characters')),
})
export type Tag = z.infer<typeof Tag>

/** Tags of an instance, with unique keys. */
const tags = z.array(Tag).check(
  z.maxLength(50, 'at-most-50'),
  z.refine((all) => new Set(all.map(({ tagKey }) => tagKey)).size === all.length, 'repeated'),
)
export const Instance = z.object({
  id: z.string(),
  name: z.string(),
  instanceType: z.enum(INSTANCE_TYPES),
  status: z.string(),
  region: z.string(),
  /** `host[:port]`, without a scheme; with `/ccr-…` for an instance that is neither the default nor on a domain. */
  publicURL: z.string(),
  privateURL: z.string(),
  customDomains: z.array(z.string()),
  createTime: z.string(),
  expireTime: z.nullable(z.string()),
  tags: z.array(Tag),
})
export type Instance = z.infer<typeof Instance>

const counts = { repo: z.number(), chart: z.number(), namespace: z.number(), vpc: z.number() }

export const InstanceDetail = z.object({
  bucket: z.string(),
  region: z.string(),
  info: Instance,
  /** Current counts; `storage` in bytes. */
  statistic: z.object({ ...counts, storage: z.number() }),
  /** Maximum counts. */
  quota: z.object(counts),
})
export type InstanceDetail = z.infer<typeof InstanceDetail>

const instanceName = z
  .string()
  .check(z.trim(), z.minLength(1, 'required'), z.maxLength(256, 'at-most-256'), z.regex(/^\P{Cc}*$/u, 'printable'))
const instanceParams = z.object({ instanceId: z.string() })

export const instanceEndpoints = {
  /** Lists instances. Without `keywordType` the keyword matches name and ID; without a keyword the type is ignored. */
  list: endpoint({
    method: 'GET',
    path: '/v1/instances',
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: z.object({
      pageNo,
      pageSize,
      keyword: z.optional(z.string()),
      keywordType: z.optional(z.string()),
      acrossregion: z.optional(z.string()),
    }),
    body: 'none',
    response: z.object({ ...pageOf, instances: z.array(Instance) }),
  }),

  /** Creates an instance, as in the older SDK. Billing fields (`paymentTiming`, `billing`, `paymentMethod`) are ignored. */
  create: endpoint({
    method: 'POST',
    path: '/v1/instances',
    needs: 'administer',
    about: 'registry',
    action: 'instance.create',
    params: nothing,
    query: nothing,
    body: z.object({
      name: instanceName,
      type: z.enum(INSTANCE_TYPES, 'one-of'),
      bucket: z.optional(z.string()),
      tags: z.optional(z.nullable(tags)),
    }),
    response: z.object({ instanceID: z.string(), orderID: z.string() }),
  }),

  get: endpoint({
    method: 'GET',
    path: '/v1/instances/:instanceId',
    needs: 'read',
    about: 'instance',
    params: instanceParams,
    query: nothing,
    body: 'none',
    response: InstanceDetail,
  }),

  /** Renames an instance. The response lacks `tags`: two of the vendor's SDKs cannot decode the documented array. */
  rename: endpoint({
    method: 'PUT',
    path: '/v1/instances/:instanceId',
    needs: 'administer',
    about: 'instance',
    action: 'instance.rename',
    params: instanceParams,
    query: nothing,
    body: z.object({ name: instanceName }),
    response: z.object({
      id: z.string(),
      name: z.string(),
      instanceType: z.enum(INSTANCE_TYPES),
      publicURL: z.string(),
      region: z.string(),
      status: z.string(),
      createTime: z.string(),
      expireTime: z.nullable(z.string()),
    }),
  }),

  /** Replaces all tags of the instance. */
  replaceTags: endpoint({
    method: 'PUT',
    path: '/v1/instances/:instanceId/tags',
    needs: 'administer',
    about: 'instance',
    action: 'instance.tag',
    params: instanceParams,
    query: nothing,
    // The vendor's Go SDK omits an empty list (`omitempty`), so a missing list removes all tags.
    body: z.object({ tags: z._default(tags, []) }),
    response: 'empty',
  }),
}
