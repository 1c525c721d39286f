import type { Needs } from '../../../contract/domain/needs.ts'
import { grantsAllow } from '../../../contract/domain/roles.ts'
import type { Call, Caller } from './call.ts'
import type { Readable } from './readable.ts'
import { RegistryError } from './registry-error.ts'

/** What a call is about: an instance, or a namespace of it. */
export interface Place {
  readonly instance: string
  readonly namespace?: string
  /** Whether anyone may read the namespace. Said at the Helm doors alone: elsewhere public ones are no different. */
  readonly public?: boolean
}

/**
 * Whether `caller` may do what `needs` says, at a place or anywhere. The only function that decides this, by the table
 * in `contract/domain/roles.ts`. What is about no instance is for administrators of the registry alone.
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

/** The namespaces of an instance that `caller` has a grant to read, by name; `all` where it is for all of them. */
export function namespacesToRead(caller: Caller, instance: string): Readable {
  // A namespace cannot have an empty name: who may read that one too may read all.
  if (isAllowed(caller, 'read', { instance, namespace: '' })) return 'all'
  return caller.kind === 'anonymous' || !isAllowed(caller, 'read', { instance })
    ? []
    : caller.grants.flatMap((grant) =>
        grant.instanceId === instance && grant.namespace !== null ? [grant.namespace] : [],
      )
}

/** The instances that `caller` may see. */
export function instancesToSee(caller: Caller): Readable {
  if (caller.kind === 'anonymous') return []
  if (caller.kind === 'account' && caller.role === 'administrator') return 'all'
  return [...new Set(caller.grants.map(({ instanceId }) => instanceId))]
}

/**
 * Checks a call that is about several namespaces of its instance: all must allow it, or nothing is done.
 * Throws `not-allowed`; `namespace-missing` for one whose being there is nothing to the caller.
 */
export function checkEachNamespace(call: Call, needs: Needs, namespaces: Iterable<string>): void {
  for (const namespace of namespaces) {
    const at = { instance: call.instance, namespace }
    if (isAllowed(call.caller, needs, at)) continue
    if (isAllowed(call.caller, 'read', at)) throw new RegistryError('not-allowed')
    throw new RegistryError('namespace-missing', { namespace })
  }
}
