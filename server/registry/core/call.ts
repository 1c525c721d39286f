import type { Protocol } from '../../../contract/domain/protocols.ts'
import type { AccountRole, Grant } from '../../../contract/domain/roles.ts'

/** How somebody showed who they are. */
export interface Credential {
  readonly kind:
    | 'session'
    | 'password'
    | 'oidc'
    | 'fixed-password'
    | 'temporary-password'
    | 'robot-secret'
    | 'access-key'
  /** Of an access key or a password of an instance: which. */
  readonly id?: string | undefined
  /** The only instance that it opens; undefined: all. */
  readonly instance?: string | undefined
  /** When it ends, ISO; undefined: when it is taken back. */
  readonly expires?: string | undefined
}

/** Somebody who has shown who they are. `revision` counts changes of their credentials. */
export type KnownCaller =
  | {
      readonly kind: 'account'
      readonly id: string
      readonly name: string
      readonly role: AccountRole
      readonly grants: readonly Grant[]
      readonly revision: number
      readonly credential: Credential
    }
  | {
      readonly kind: 'robot'
      readonly id: string
      readonly name: string
      readonly grants: readonly Grant[]
      readonly revision: number
      readonly credential: Credential
    }

/** Who asks. */
export type Caller = { readonly kind: 'anonymous' } | KnownCaller

/** The name that is written down for what somebody did. */
export function callerName(caller: Caller): string {
  return caller.kind === 'anonymous' ? 'anonymous' : caller.name
}

/** Everything that the core must know about a request beside what is asked for. */
export interface Call {
  readonly caller: Caller
  /** ID of the instance addressed; empty where none is. */
  readonly instance: string
  readonly protocol: Protocol
  /** Network address of the caller. */
  readonly address: string
  /** What the caller's program calls itself. */
  readonly userAgent: string
  readonly requestId: string
}
