import type { Needs } from '../../../contract/domain/needs.ts'
import { grantsAllow } from '../../../contract/domain/roles.ts'
import type { Caller } from './call.ts'
import type { Readable } from './readable.ts'

/** An instance, or a namespace of an instance, that a permission applies to. */
export interface Place {
  readonly instance: string
  readonly namespace?: string
  /** Whether the namespace is public. Set only by the Helm APIs: the other APIs do not grant access to public ones. */
  readonly public?: boolean
}

/**
 * Returns whether `caller` has the right `needs` at a place, by the table in `contract/domain/roles.ts`. All
 * authorization goes through this function. Without a place, only administrators have rights beyond a session.
 */
export function isAllowed(caller: Caller, needs: Needs, at?: Place): boolean {
  if (needs === 'nothing') return true
  if (needs === 'read' && at?.public) return true
  if (caller.kind === 'anonymous') return false
  if (needs === 'session') return true
  const { credential } = caller
  if (credential.instance !== undefined && credential.instance !== at?.instance) return false
  if (caller.kind === 'account' && caller.role === 'administrator') return true
  return at !== undefined && grantsAllow(caller.grants, needs, { instanceId: at.instance, namespace: at.namespace })
}

/** Returns the names of the namespaces that `caller` has a grant to read; `all` for a grant on the whole instance. */
export function namespacesToRead(caller: Caller, instance: string): Readable {
  // A namespace cannot have an empty name: only a grant on all namespaces allows reading it.
  if (isAllowed(caller, 'read', { instance, namespace: '' })) return 'all'
  return caller.kind === 'anonymous' || !isAllowed(caller, 'read', { instance })
    ? []
    : caller.grants.flatMap((grant) =>
        grant.instanceId === instance && grant.namespace !== null ? [grant.namespace] : [],
      )
}

/** Returns the IDs of the instances in which `caller` has a grant; `all` for administrators. */
export function instancesToSee(caller: Caller): Readable {
  if (caller.kind === 'anonymous') return []
  if (caller.kind === 'account' && caller.role === 'administrator') return 'all'
  return [...new Set(caller.grants.map(({ instanceId }) => instanceId))]
}
