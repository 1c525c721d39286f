import type * as z from 'zod/mini'
import type { AuditAction } from './domain/audit-events.ts'
import type { Needs } from './domain/needs.ts'

/** HTTP methods of the endpoints. Every GET endpoint also responds to HEAD. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Request body: none, JSON of a schema, or bytes that the handler reads as a stream. */
export type Body = z.ZodMiniType | 'none' | 'multipart' | 'bytes'

/** JSON body after parsing; undefined if the endpoint has none or reads it as a stream. */
export type BodyOf<B extends Body> = B extends z.ZodMiniType ? z.output<B> : undefined

/** Body of a successful response: empty (with status 200), JSON of a schema, or a response that the handler builds. */
export type Response = z.ZodMiniType | 'empty' | 'raw'

/**
 * Subject of a request, on which the right `needs` is checked: the registry as a whole, an instance, a namespace of it,
 * or each of the namespaces that the body of a batch names. A batch also requires the right to read the instance.
 */
export type About<B extends Body = Body> = 'registry' | 'instance' | 'namespace' | Batch<B>

/** Subject of a batch. */
export interface Batch<B extends Body> {
  /** Names of the namespaces, which may repeat. A method, so that endpoints with different bodies share a supertype. */
  namespacesIn(body: BodyOf<B>): readonly string[]
}

/** Parameters that the path must have for a subject. */
type SubjectParams<A> = A extends 'registry'
  ? object
  : A extends 'namespace'
    ? { readonly instanceId: string; readonly namespace: string }
    : { readonly instanceId: string }

/** Declaration of an endpoint, shared by both sides: the server mounts it, the console calls it. */
export interface Endpoint<
  A extends About = About,
  P extends z.ZodMiniType = z.ZodMiniType,
  Q extends z.ZodMiniType = z.ZodMiniType,
  B extends Body = Body,
  R extends Response = Response,
> {
  readonly method: Method
  /** Absolute path; `:name` stands for one segment and is a key of `params`. */
  readonly path: string
  readonly needs: Needs
  readonly about: A
  /** Action of the audit event when a request is denied; absent for endpoints that change nothing. */
  readonly action?: AuditAction
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly response: R
}

/** Declares an endpoint. Returns it unchanged; the function only infers the types and checks `params` against `about`. */
export function endpoint<
  const A extends About<B>,
  P extends z.ZodMiniType<SubjectParams<A>>,
  Q extends z.ZodMiniType,
  B extends Body,
  R extends Response,
>(row: Endpoint<A, P, Q, B, R>): Endpoint<A, P, Q, B, R> {
  return row
}
