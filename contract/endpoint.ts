import type * as z from 'zod/mini'
import type { AuditAction } from './domain/audit-events.ts'
import type { Needs } from './domain/needs.ts'

/** HTTP methods of the endpoints. Every GET endpoint also responds to HEAD. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Request body: none, JSON of a schema, or a multipart form read as a stream. */
export type Body = z.ZodMiniType | 'none' | 'multipart'

/** Body of a successful response: empty (with status 200), JSON of a schema, or a stream of bytes. */
export type Response = z.ZodMiniType | 'empty' | 'stream'

/** Declaration of an endpoint, shared by both sides: the server mounts it, the console calls it. */
export interface Endpoint<
  P extends z.ZodMiniType = z.ZodMiniType,
  Q extends z.ZodMiniType = z.ZodMiniType,
  B extends Body = Body,
  R extends Response = Response,
> {
  readonly method: Method
  /** Absolute path; `:name` stands for one segment and is a key of `params`. */
  readonly path: string
  readonly needs: Needs
  /** Action of the audit event when a request is denied; absent for endpoints that change nothing. */
  readonly action?: AuditAction
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly response: R
}

/** Declares an endpoint. Returns it unchanged; the function only infers the types. */
export function endpoint<P extends z.ZodMiniType, Q extends z.ZodMiniType, B extends Body, R extends Response>(
  row: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return row
}
