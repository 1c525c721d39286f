import type { Protocol } from '../../../contract/domain/protocols.ts'
import type { AccountRole, Grant } from '../../../contract/domain/roles.ts'

/** Credential that authenticated a caller. */
export interface Credential {
  readonly kind:
    | 'session'
    | 'password'
    | 'oidc'
    | 'fixed-password'
    | 'temporary-password'
    | 'robot-secret'
    | 'access-key'
  /** ID of the access key or of the instance password. */
  readonly id?: string | undefined
  /** ID of the only instance that it is valid for; undefined: all. */
  readonly instance?: string | undefined
  /** Time of expiry, ISO; undefined: valid until revoked. */
  readonly expires?: string | undefined
}

/** An authenticated account or robot. `revision` increases when its credentials change. */
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

/** The caller of a request. */
export type Caller = { readonly kind: 'anonymous' } | KnownCaller

/** Name of a caller in the audit log. */
export function callerName(caller: Caller): string {
  return caller.kind === 'anonymous' ? 'anonymous' : caller.name
}

/** Context of a request: the caller, and the facts that the audit log records. */
export interface Call {
  readonly caller: Caller
  /** ID of the addressed instance; empty if the request addresses none. */
  readonly instance: string
  readonly protocol: Protocol
  /** IP address of the client. */
  readonly address: string
  /** `User-Agent` header of the client. */
  readonly userAgent: string
  readonly requestId: string
}
