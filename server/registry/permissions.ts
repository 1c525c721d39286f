import type { Needs } from '../../contract/endpoint.ts'
import type { Caller } from './call.ts'

/** What a call is about: an instance, or a namespace of it. */
export interface Place {
  readonly instance: string
  readonly namespace?: string
  /** Whether anyone may read the namespace. Said at the Helm doors alone: elsewhere public ones are no different. */
  readonly public?: boolean
}

/** Whether `caller` may do what `needs` says, at a place or anywhere. The only function that decides this. */
export function mayThey(caller: Caller, needs: Needs, at?: Place): boolean {
  if (needs === 'nothing') return true
  if (needs === 'read' && at?.public) return true
  if (needs === 'session') return caller.kind !== 'anonymous'
  switch (caller.kind) {
    case 'anonymous':
      return false
    case 'account':
      return caller.role === 'administrator'
  }
}
