import * as z from 'zod/mini'
import { pageNo, pageOf, pageSize } from '../ccr/paging.ts'
import { GRANT_ROLES, GRANT_SOURCES } from '../domain/roles.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { accountName } from './accounts.ts'

/** Role of a member in one namespace of an instance, or in all. */
export const MemberGrant = z.object({
  /** Null for all namespaces. */
  namespace: z.nullable(z.string()),
  role: z.enum(GRANT_ROLES),
  source: z.enum(GRANT_SOURCES),
  created: z.string(),
})
export type MemberGrant = z.infer<typeof MemberGrant>

/** An account with a grant in an instance. */
export const Member = z.object({ account: z.string(), disabled: z.boolean(), grants: z.array(MemberGrant) })
export type Member = z.infer<typeof Member>

const path = '/console/instances/:instanceId/members'
const params = z.object({ instanceId: z.string() })

export const memberEndpoints = {
  /** Lists members by name; with a query, the best match first. Administrators of the registry need no grant. */
  list: endpoint({
    method: 'GET',
    path,
    needs: 'administer',
    about: 'instance',
    params,
    query: z.object({ query: z.optional(z.string()), pageNo, pageSize }),
    body: 'none',
    response: z.object({ ...pageOf, items: z.array(Member) }),
  }),

  /** Gives an account a role in each of the namespaces, replacing a role given there before. */
  grant: endpoint({
    method: 'PUT',
    path,
    needs: 'administer',
    about: 'instance',
    params,
    query: nothing,
    body: z.object({
      account: accountName,
      role: z.enum(GRANT_ROLES),
      /** Null for all namespaces, also future ones. */
      namespaces: z.nullable(
        z
          .array(z.string().check(z.minLength(1, 'required')))
          .check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')),
      ),
    }),
    response: 'empty',
  }),

  /** Revokes grants; those that do not exist are skipped. 409 for a grant from the identity provider. */
  revoke: endpoint({
    method: 'DELETE',
    path,
    needs: 'administer',
    about: 'instance',
    params,
    query: nothing,
    body: z.object({
      items: z
        .array(z.object({ account: z.string(), namespace: z.nullable(z.string()) }))
        .check(z.minLength(1, 'required'), z.maxLength(1000, 'at-most-1000')),
    }),
    response: 'empty',
  }),
}
