import type { RobotPermission } from '../../contract/ccr/robots.ts'

/** What a robot may do, alike in several namespaces or in all (null). */
export interface RobotScope {
  readonly push: boolean
  readonly namespaces: readonly string[] | null
}

/** What a robot's permissions come to: what it may do everywhere, then where it may push, then where it may only pull. */
export function scopesOf(permissions: readonly RobotPermission[]): RobotScope[] {
  const all = permissions.find(({ namespace }) => namespace === '*')
  const everywhere = all ? [{ push: mayPush(all), namespaces: null }] : []
  // Everywhere is here too.
  const named = permissions.filter(
    (permission) => permission !== all && (!all || (mayPush(permission) && !mayPush(all))),
  )
  const [pushing, pulling] = [named.filter(mayPush), named.filter((permission) => !mayPush(permission))]
  return [...everywhere, ...scopeOf(true, pushing), ...scopeOf(false, pulling)]
}

/** The permissions that a scope is sent as. */
export function permissionsOf({ push, namespaces }: RobotScope): RobotPermission[] {
  const actions = push ? (['pull', 'push'] as const) : (['pull'] as const)
  return (namespaces ?? ['*']).map((namespace) => ({
    kind: 'project',
    namespace,
    access: actions.map((action) => ({ resource: 'repository', action })),
  }))
}

function scopeOf(push: boolean, permissions: readonly RobotPermission[]): RobotScope[] {
  return permissions.length > 0 ? [{ push, namespaces: permissions.map(({ namespace }) => namespace) }] : []
}

function mayPush({ access }: RobotPermission): boolean {
  return access.some(({ action }) => action === 'push')
}
