import * as z from 'zod/mini'
import type { Needs } from './needs.ts'

/** What a grant lets its holder do, each role all that those before it may: read, push, delete and change, everything. */
export const GRANT_ROLES = ['guest', 'developer', 'maintainer', 'administrator'] as const
export type GrantRole = (typeof GRANT_ROLES)[number]

/** What somebody may do: in one namespace of an instance, or in all that it has and will have. */
export const Grant = z.object({
  instanceId: z.string(),
  /** Null: all namespaces. */
  namespace: z.nullable(z.string()),
  role: z.enum(GRANT_ROLES),
})
export type Grant = z.infer<typeof Grant>

/** What each role may do where it was granted. What a call needs stands in its own row. */
const ALLOWS: Readonly<Record<GrantRole, readonly Needs[]>> = {
  guest: ['read'],
  developer: ['read', 'push'],
  maintainer: ['read', 'push', 'delete', 'change'],
  administrator: ['read', 'push', 'delete', 'change', 'administer'],
}

/** An instance, or a namespace of it. */
export interface GrantPlace {
  readonly instanceId: string
  readonly namespace?: string | undefined
}

/**
 * Whether the grants allow what `needs` says at a place. An instance is read by everybody with a grant in it; everything
 * else that is about a whole instance takes a grant for all its namespaces.
 */
export function grantsAllow(grants: readonly Grant[], needs: Needs, at: GrantPlace): boolean {
  return grants.some(
    ({ instanceId, namespace, role }) =>
      instanceId === at.instanceId &&
      (namespace === null || namespace === at.namespace || (at.namespace === undefined && needs === 'read')) &&
      ALLOWS[role].includes(needs),
  )
}

/** An administrator may do everything everywhere; a member, what their grants say. */
export const ACCOUNT_ROLES = ['administrator', 'member'] as const

export type AccountRole = (typeof ACCOUNT_ROLES)[number]

/** Where a grant comes from: a person gave it, or the sign-in provider says so at each sign-in. */
export const GRANT_SOURCES = ['given', 'oidc'] as const

export type GrantSource = (typeof GRANT_SOURCES)[number]
