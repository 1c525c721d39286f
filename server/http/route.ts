import * as z from 'zod/mini'
import type { Needs } from '../../contract/domain/needs.ts'
import type { Body, Endpoint, Response as EndpointResponse } from '../../contract/endpoint.ts'
import type { Call, Caller } from '../registry/core/call.ts'
import { isAllowed } from '../registry/core/permissions.ts'
import { RegistryError } from '../registry/core/registry-error.ts'
import { authenticate } from './authentication/authenticate.ts'
import { countRequest } from './authentication/count-request.ts'
import { isUnsafe, requestOrigin } from './authentication/origin.ts'
import type { Context } from './context.ts'
import { parseInput } from './errors/invalid-input.ts'
import { type HttpApp, type HttpContext, isFromConsole, isManagementApi } from './http-env.ts'
import { JSON_HEADERS } from './transport/json-headers.ts'
import { pathParams } from './transport/path-params.ts'
import { readJson } from './transport/request-body.ts'

/** What a handler is given, all of it checked. */
export interface HandlerInput<P extends z.ZodMiniType, Q extends z.ZodMiniType, B extends Body> {
  readonly call: Call
  readonly params: z.output<P>
  readonly query: z.output<Q>
  /** The JSON of the body by its schema; nothing where the endpoint has none, or reads it as a stream. */
  readonly body: B extends z.ZodMiniType ? z.output<B> : undefined
  /** The request itself, for headers, cookies and streams. */
  readonly http: HttpContext
}

/** What a handler answers with: what the endpoint's `response` says. */
export type HandlerOutput<R extends EndpointResponse> = R extends z.ZodMiniType
  ? z.input<R>
  : R extends 'stream'
    ? Response
    : undefined

/**
 * Mounts one endpoint of the contract. Order: parse the address, authenticate, authorize, parse the body, run the
 * handler. The handler's output is stripped to the endpoint's response schema; output that does not match it is an
 * internal error.
 */
export function route<P extends z.ZodMiniType, Q extends z.ZodMiniType, B extends Body, R extends EndpointResponse>(
  app: HttpApp,
  context: Context,
  endpoint: Endpoint<P, Q, B, R>,
  handler: (input: HandlerInput<P, Q, B>) => Promise<HandlerOutput<R>> | HandlerOutput<R>,
): void {
  const { response } = endpoint
  app.on(endpoint.method, endpoint.path, async (http) => {
    const segments = pathParams(endpoint.path, http.req.url)
    if (!segments) throw new RegistryError('path-malformed')
    const params = parseInput(endpoint.params, segments, 'path')
    const query = parseInput(endpoint.query, queryOf(http), 'query')
    const unknown: Call = {
      caller: { kind: 'anonymous' },
      instance: segments.instanceId ?? '',
      protocol: isBrowser(http, context) ? 'console' : 'management',
      address: http.get('peer').address,
      userAgent: http.req.header('user-agent') ?? '',
      requestId: http.get('requestId'),
    }
    http.set('attempt', { call: unknown, action: endpoint.action, ...namesIn(segments) })
    const call = { ...unknown, caller: await callerAllowed(http, context, endpoint.needs, segments) }
    // Only now: nobody's body is read who may not send one.
    const body = typeof endpoint.body === 'string' ? undefined : parseInput(endpoint.body, await readJson(http), 'body')
    // The type of `body` follows from `endpoint.body`, which the compiler cannot see through the conditional above.
    const output = await handler({ call, params, query, body: body as HandlerInput<P, Q, B>['body'], http })
    if (response === 'stream') return output as Response // HandlerOutput says so
    const json = response === 'empty' ? '' : JSON.stringify(z.parse(response, output))
    return http.body(json, 200, JSON_HEADERS)
  })
}

/**
 * Whether somebody in a browser asks. Scripts send the console's header too; an origin, and that they go somewhere, is
 * what only browsers say.
 */
function isBrowser(http: HttpContext, { publicUrl }: Context): boolean {
  const isConsole = isFromConsole(http) && requestOrigin(http, publicUrl) === 'own'
  return isConsole || http.req.header('sec-fetch-mode') === 'navigate'
}

/** Who asks, when they may; else throws what they are to be told. */
async function callerAllowed(
  http: HttpContext,
  context: Context,
  needs: Needs,
  segments: Readonly<Record<string, string>>,
): Promise<Caller> {
  const { caller } = await countRequest(http, context, async () => ({ caller: await callerOf(http, context, needs) }))
  if (needs === 'nothing') return caller
  if (caller.kind === 'anonymous') throw noCaller(http)
  const { instanceId: instance, projectName: namespace } = segments
  const at = instance === undefined ? undefined : namespace === undefined ? { instance } : { instance, namespace }
  if (isAllowed(caller, needs, at)) return caller
  // Who may not even read learns nothing of what is there.
  if (at && !isAllowed(caller, 'read', at)) {
    http.set('hidden', true)
    throw namespace === undefined
      ? new RegistryError('instance-missing', { instance: at.instance })
      : new RegistryError('namespace-missing', { namespace })
  }
  throw new RegistryError(needs === 'administer-registry' ? 'registry-administrators-only' : 'not-allowed')
}

/** Who asks where nobody needs to be known is not asked. */
async function callerOf(http: HttpContext, context: Context, needs: Needs): Promise<Caller> {
  if (needs !== 'nothing') return authenticate(http, context)
  // Pages of other sites may lead here; the sign-in provider does.
  const isForeign = isUnsafe(http.req.method) && requestOrigin(http, context.publicUrl) === 'foreign'
  if (isForeign) throw new RegistryError('origin-refused')
  return { kind: 'anonymous' }
}

/**
 * Nobody is signed in. The console asks for the password again; to the management API the signature is what is
 * missing, or of another scheme.
 */
function noCaller(http: HttpContext): RegistryError {
  if (isFromConsole(http) || !isManagementApi(http)) return new RegistryError('session-missing')
  const hasHeader = http.req.header('authorization') !== undefined
  return new RegistryError(hasHeader ? 'authorization-malformed' : 'signature-missing')
}

/** What the path names. */
function namesIn({ projectName, chartName, chartVersion }: Readonly<Record<string, string>>) {
  return { namespace: projectName, chart: chartName, version: chartVersion }
}

function queryOf(http: HttpContext): Record<string, string | string[]> {
  const values = Object.entries(http.req.queries())
  return Object.fromEntries(values.map(([name, all]) => [name, all.length === 1 ? (all[0] ?? '') : all]))
}
