import type { Needs } from '../../contract/domain/needs.ts'
import type { Protocol } from '../../contract/domain/protocols.ts'
import type { Caller } from '../registry/core/call.ts'
import type { Place } from '../registry/core/permissions.ts'
import type { RegistryError } from '../registry/core/registry-error.ts'
import type { BearerGrant } from '../registry/sign-in/bearer-tokens.ts'
import type { Context } from './context.ts'
import type { HttpApp, HttpContext } from './http-env.ts'

/** Percent-decoded values of the `:name` segments of a path. */
export type PathParams = Readonly<Record<string, string>>

/** Names in a path. */
export interface Subject {
  readonly instanceId?: string | undefined
  readonly namespace?: string | undefined
  /** Chart, or OCI repository below the namespace. */
  readonly chart?: string | undefined
  readonly version?: string | undefined
}

/** An authenticated caller. A bearer token limits the caller to the scopes of its grant. */
export interface Identity {
  readonly caller: Caller
  readonly grant: BearerGrant | null
}

/** An API: its Hono app, and everything in which the handling of its requests differs from that of the other APIs. */
export interface Api {
  /** Sub-app with the routes and the error handler of the API. */
  readonly app: HttpApp
  readonly context: Context
  /** Whether public namespaces can be read without a grant. */
  readonly opensPublicNamespaces: boolean
  /** Protocol in audit events. */
  protocolOf(http: HttpContext): Protocol
  /** All paths that an endpoint with this path is served at, in Hono's notation. */
  pathsOf(path: string): readonly string[]
  /** Reads names from the parameters of a path. Throws if they break their grammar. */
  subjectOf(params: PathParams): Subject
  /** Returns the ID of the instance that a request addresses, which may not exist. Throws `instance-elsewhere`. */
  addressedInstance(http: HttpContext, instanceId: string | undefined): Promise<string>
  /** Authenticates a request to an instance. Throws if the credential is invalid or the origin is not allowed. */
  authenticate(http: HttpContext, needs: Needs, instance: string): Promise<Identity>
  /** Error for an authenticated or anonymous caller without the right `needs` at `place`; undefined: the registry. */
  denial(http: HttpContext, caller: Caller, needs: Needs, place: Place | undefined): RegistryError
  /** Throws `token-scope-missing` unless the scopes of a bearer token cover the request. */
  checkScopes(grant: BearerGrant, needs: Needs, params: PathParams): void
}
