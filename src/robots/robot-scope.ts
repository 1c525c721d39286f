import type { RobotPermission } from '../../contract/ccr/robots.ts'

/** Namespaces (null: all) in which a robot has the same permissions; it may always pull. */
export interface RobotScope {
  readonly push: boolean
  readonly namespaces: readonly string[] | null
}

/** Groups permissions: first those for all namespaces, then namespaces with push, then those with only pull. */
export function scopesOf(permissions: readonly RobotPermission[]): RobotScope[] {
  const all = permissions.find(({ namespace }) => namespace === '*')
  const everywhere = all ? [{ push: mayPush(all), namespaces: null }] : []
  // Permissions for all namespaces apply to each namespace too.
  const named = permissions.filter(
    (permission) => permission !== all && (!all || (mayPush(permission) && !mayPush(all))),
  )
  const [pushing, pulling] = [named.filter(mayPush), named.filter((permission) => !mayPush(permission))]
  return [...everywhere, ...scopeOf(true, pushing), ...scopeOf(false, pulling)]
}

/** Converts a scope to permissions of the API. */
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
