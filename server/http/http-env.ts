import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import type { AttemptedAction } from '../registry/audit/record-denial.ts'
import type { KnownCaller } from '../registry/core/call.ts'

/** What every request carries. The bindings are absent where no listener is in between, as in `app.request()`. */
export interface HttpEnv {
  Bindings: Partial<HttpBindings>
  Variables: {
    /** Made here, sent back with every answer, and logged with every failure. */
    requestId: string
    /** The other end. */
    peer: Client
    /** What it wants to do, once that is known; who asks is beside it. */
    attempt?: AttemptedAction
    /** Who asks, once that is known. */
    caller?: KnownCaller
    /** The name of the account or robot that somebody said to be. */
    tried?: string
    /** The answer is of the built console, and so of ours. */
    isConsole?: boolean
    /** It is told that something is missing, because the caller may not know whether it is there. */
    hidden?: boolean
  }
}

export type HttpApp = Hono<HttpEnv>
export type HttpContext = Context<HttpEnv>

/** Whether the request is for `/v1`, the only place where signatures count. */
export function isManagementApi(c: HttpContext): boolean {
  return /^\/v1(\/|$)/.test(c.req.path)
}

/** Whether the console's own fetch layer sent this request. */
export function isFromConsole(c: HttpContext): boolean {
  return c.req.header('x-requested-with') === 'chartroom'
}

/** The other end of a request: as the connection shows it, or as a trusted proxy tells. */
export interface Client {
  /** Network address; `unknown` without a listener. */
  readonly address: string
  /** What the client calls this server: host, and port where it is not the usual one. */
  readonly host: string | undefined
  /** It is known to have come over TLS. */
  readonly secure: boolean
}
