import type * as z from 'zod/mini'
import type { AuditAction } from './domain/audit-events.ts'
import type { Needs } from './domain/needs.ts'

/** HTTP methods that the contract uses. HEAD comes with every GET. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** What the body of a request is: nothing, JSON of a schema, or a multipart form that is read as a stream. */
export type Body = z.ZodMiniType | 'none' | 'multipart'

/** What a success answers with: nothing (200, empty), JSON of a schema, or a stream of bytes. */
export type Response = z.ZodMiniType | 'empty' | 'stream'

/** One row of the table that both sides read: the server mounts it, the console calls it. */
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
  /** What is written down when it is refused; absent where nothing is changed. */
  readonly action?: AuditAction
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly response: R
}

/** Declares an endpoint. Returns it as it is; the function is there for the types. */
export function endpoint<P extends z.ZodMiniType, Q extends z.ZodMiniType, B extends Body, R extends Response>(
  row: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return row
}
