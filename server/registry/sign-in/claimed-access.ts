import { GRANT_ROLES, type GrantRole } from '../../../contract/domain/roles.ts'

/** Stands for everybody whom the provider lets in. */
const EVERYBODY = '*'

/** What those may do whom the provider says to be in a group. */
export interface GrantRule {
  /** Name of the group, or {@link EVERYBODY}. */
  readonly group: string
  /** To the registry as a whole, … */
  readonly gives: 'administrator' | 'member' | PlacedRole
}

/** … or at a place: an instance by its ID or name, and a namespace of it; null: all. */
export interface PlacedRole {
  readonly role: GrantRole
  readonly instance: string
  readonly namespace: string | null
}

/** What the rules say of somebody. */
export interface AccessFromClaims {
  /** Whether any rule is about them, or there are none: who is not expected gets no account. */
  readonly isExpected: boolean
  readonly isAdministrator: boolean
  readonly roles: readonly PlacedRole[]
}

/** What somebody in these groups may do. Without rules everybody is expected, and may do nothing until it is granted. */
export function accessFromClaims(rules: readonly GrantRule[], groups: readonly string[]): AccessFromClaims {
  const about = rules.filter(({ group }) => group === EVERYBODY || groups.includes(group))
  return {
    isExpected: rules.length === 0 || about.length > 0,
    isAdministrator: about.some(({ gives }) => gives === 'administrator'),
    roles: about.flatMap(({ gives }) => (typeof gives === 'string' ? [] : [gives])),
  }
}

/** Whether the one role may less than the other. */
export function isLess(one: GrantRole, other: GrantRole): boolean {
  return GRANT_ROLES.indexOf(one) < GRANT_ROLES.indexOf(other)
}
