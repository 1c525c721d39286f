import { DOORS } from './versions.ts'

/** By which way it was done; `start`: the registry itself, as its environment says. */
export const AUDIT_DOORS = [...DOORS, 'start'] as const
export type AuditDoor = (typeof AUDIT_DOORS)[number]

/** Everything that is written into the record, by what was done (or refused). */
export const AUDIT_ACTIONS = [
  'sign-in',
  'sign-out',
  'chart.publish',
  'chart.delete',
  'provenance.add',
  'manifest.put',
  'manifest.delete',
  'tag.put',
  'tag.delete',
  'blob.put',
  'blob.mount',
  'blob.delete',
  'namespace.create',
  'namespace.change',
  'namespace.delete',
  'instance.create',
  'instance.rename',
  'instance.tag',
  'instance.domains',
  'account.create',
  'account.change',
  'account.disable',
  'account.enable',
  'account.password',
  'grant.give',
  'grant.take',
  'instance-password.fix',
  'instance-password.issue',
  'robot.create',
  'robot.change',
  'robot.delete',
  'robot.secret',
  'access-key.create',
  'access-key.change',
  'access-key.delete',
  'request',
] as const
/** `request` is one that was refused before it was known what it would do. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number]
