import * as z from 'zod/mini'
import type { Needs } from './needs.ts'

/** Roles of grants. Each adds rights to the one before: read; push; delete and change; administer. */
export const GRANT_ROLES = ['guest', 'developer', 'maintainer', 'administrator'] as const
export type GrantRole = (typeof GRANT_ROLES)[number]

/** Role in one namespace of an instance, or in all its namespaces, also future ones. */
export const Grant = z.object({
  instanceId: z.string(),
  /** Null for all namespaces. */
  namespace: z.nullable(z.string()),
  role: z.enum(GRANT_ROLES),
})
export type Grant = z.infer<typeof Grant>

/** Rights of each role. The rights that a call needs are in its endpoint. */
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
 * Whether the grants give the right `needs` at a place. Any grant in an instance allows reading the instance; all other
 * rights on a whole instance require a grant for all its namespaces.
 */
export function grantsAllow(grants: readonly Grant[], needs: Needs, at: GrantPlace): boolean {
  return grants.some(
    ({ instanceId, namespace, role }) =>
      instanceId === at.instanceId &&
      (namespace === null || namespace === at.namespace || (at.namespace === undefined && needs === 'read')) &&
      ALLOWS[role].includes(needs),
  )
}

/** Roles of accounts. An administrator may do everything everywhere; a member has the rights of their grants. */
export const ACCOUNT_ROLES = ['administrator', 'member'] as const

export type AccountRole = (typeof ACCOUNT_ROLES)[number]

/** Sources of grants: given by a person, or set by the identity provider at each sign-in. */
export const GRANT_SOURCES = ['given', 'oidc'] as const

export type GrantSource = (typeof GRANT_SOURCES)[number]
