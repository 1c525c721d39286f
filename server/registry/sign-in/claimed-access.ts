import { GRANT_ROLES, type GrantRole } from '../../../contract/domain/roles.ts'

/** Group of a rule that matches every user of the provider. */
const ANY_GROUP = '*'

/** A rule that maps a group of the provider to a role. */
export interface GrantRule {
  /** Name of the group, or {@link ANY_GROUP}. */
  readonly group: string
  /** Role of the account in the whole registry, or in an instance. */
  readonly gives: 'administrator' | 'member' | PlacedRole
}

/** A role in an instance or a namespace. */
export interface PlacedRole {
  readonly role: GrantRole
  /** ID or name. */
  readonly instance: string
  /** Null: all namespaces. */
  readonly namespace: string | null
}

/** Access that the rules give to a user of the provider. */
export interface AccessFromClaims {
  /** Whether a rule matches or none is configured. Other users get no account. */
  readonly isAdmitted: boolean
  readonly isAdministrator: boolean
  readonly roles: readonly PlacedRole[]
}

/** Returns the access of a user in `groups`. Without rules every user is admitted, but without any grant. */
export function accessFromClaims(rules: readonly GrantRule[], groups: readonly string[]): AccessFromClaims {
  const matching = rules.filter(({ group }) => group === ANY_GROUP || groups.includes(group))
  return {
    isAdmitted: rules.length === 0 || matching.length > 0,
    isAdministrator: matching.some(({ gives }) => gives === 'administrator'),
    roles: matching.flatMap(({ gives }) => (typeof gives === 'string' ? [] : [gives])),
  }
}

/** Returns whether `one` is a lower role than `other`. */
export function isLowerRole(one: GrantRole, other: GrantRole): boolean {
  return GRANT_ROLES.indexOf(one) < GRANT_ROLES.indexOf(other)
}
