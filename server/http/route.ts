import * as z from 'zod/mini'
import type { Needs } from '../../contract/domain/needs.ts'
import type { About, Batch, Body, BodyOf, Endpoint, Response as EndpointResponse } from '../../contract/endpoint.ts'
import type { InstanceRow, NamespaceRow } from '../db/schema.ts'
import type { Call, Caller } from '../registry/core/call.ts'
import { isAllowed, type Place } from '../registry/core/permissions.ts'
import { RegistryError } from '../registry/core/registry-error.ts'
import { findInstance } from '../registry/instances/instance-queries.ts'
import { findNamespace } from '../registry/instances/namespace-queries.ts'
import type { BearerGrant } from '../registry/sign-in/bearer-tokens.ts'
import type { Api, Subject } from './api.ts'
import { countRequest } from './authentication/count-request.ts'
import { parseInput } from './errors/invalid-input.ts'
import type { HttpContext } from './http-env.ts'
import { JSON_HEADERS } from './transport/json-headers.ts'
import { pathParams } from './transport/path-params.ts'
import { readJson } from './transport/request-body.ts'

/** Validated input of a handler. */
export interface HandlerInput<E extends Endpoint> extends SubjectRows<E['about']> {
  readonly call: Call
  readonly params: z.output<E['params']>
  readonly query: z.output<E['query']>
  readonly body: BodyOf<E['body']>
  /** Grant of the bearer token, if the request had one. */
  readonly grant: BearerGrant | null
  /** Request and response, for headers, cookies and streams. */
  readonly http: HttpContext
}

/** Rows of the subject of a request: the namespace if it is about one, the instance if it is about that. */
interface SubjectRows<A extends About> {
  readonly instance: A extends 'registry' | 'namespace' ? undefined : InstanceRow
  readonly namespace: A extends 'namespace' ? NamespaceRow : undefined
}

/** Result of a handler, by the endpoint's `response`. */
export type HandlerOutput<R extends EndpointResponse> = R extends z.ZodMiniType
  ? z.input<R>
  : R extends 'raw'
    ? Response
    : undefined

type Handler<E extends Endpoint> = (
  input: HandlerInput<E>,
) => Promise<HandlerOutput<E['response']>> | HandlerOutput<E['response']>

/**
 * Mounts an endpoint. For every endpoint of every API the order is: parse the address, authenticate, authorize, find the
 * subject, parse the body, run the handler. Output is stripped to the endpoint's response schema; output that does not
 * match it is an internal error.
 */
export function route<E extends Endpoint>(api: Api, endpoint: E, handler: Handler<E>): void {
  const { about, needs, response } = endpoint
  api.app.on(endpoint.method, [...api.pathsOf(endpoint.path)], async (http) => {
    const segments = pathParams(http)
    const subject = api.subjectOf(segments)
    const params = parseInput(endpoint.params, segments, 'path')
    const query = parseInput(endpoint.query, queryOf(http), 'query')

    const { call, grant } = await authenticate(api, endpoint, http, subject)
    const request = { http, caller: call.caller, instance: call.instance, namespace: subject.namespace ?? '' }
    const rows = await authorizedSubject(api, endpoint, request)
    if (grant) api.checkScopes(grant, needs, segments)

    // Only now: the body is not read for callers who may not send one.
    const body = typeof endpoint.body === 'string' ? undefined : parseInput(endpoint.body, await readJson(http), 'body')
    if (isBatch(about)) {
      // The conditional above yields what the endpoint declares, which the compiler cannot see.
      const names = about.namespacesIn(body as BodyOf<E['body']>)
      for (const namespace of names) checkAllowed(api, request, needs, { instance: call.instance, namespace })
    }
    const input = { call, params, query, body, grant, http, ...rows }
    const output = await handler(input as HandlerInput<E>) // `body` and the rows are what the endpoint declares
    if (response === 'raw') return output as Response // HandlerOutput says so
    const json = response === 'empty' ? '' : JSON.stringify(z.parse(response, output))
    return http.body(json, 200, JSON_HEADERS)
  })
}

/** A request whose caller is known. */
interface AuthenticatedRequest {
  readonly http: HttpContext
  readonly caller: Caller
  readonly instance: string
  readonly namespace: string
}

/** Finds the instance and the caller, and counts the request. Sets what the audit log records should it be denied. */
async function authenticate(
  api: Api,
  { about, action, needs }: Endpoint,
  http: HttpContext,
  { instanceId, namespace, chart, version }: Subject,
): Promise<{ readonly call: Call; readonly grant: BearerGrant | null }> {
  const anonymous: Call = {
    caller: { kind: 'anonymous' },
    instance: instanceId ?? '',
    protocol: api.protocolOf(http),
    address: http.get('client').address,
    userAgent: http.req.header('user-agent') ?? '',
    requestId: http.get('requestId'),
  }
  http.set('attempt', { call: anonymous, action, namespace, chart, version })
  const instance = about === 'registry' ? '' : await api.addressedInstance(http, instanceId)
  const { caller, grant } = await countRequest(http, api.context, () => api.authenticate(http, needs, instance))
  const call = { ...anonymous, caller, instance }
  http.set('attempt', { call, action, namespace, chart, version })
  return { call, grant }
}

/**
 * Checks the right that the endpoint needs and returns the rows of its subject. Only callers who may read there learn
 * that the subject is missing. Throws the API's denial, `instance-missing`, `namespace-missing`.
 */
async function authorizedSubject(
  api: Api,
  { about, needs }: Endpoint,
  request: AuthenticatedRequest,
): Promise<SubjectRows<About>> {
  const { instance, namespace } = request
  const { read } = api.context.registry.database
  if (about === 'registry') {
    checkAllowed(api, request, needs, undefined)
    return { instance: undefined, namespace: undefined }
  }
  const namespaceRow = about === 'namespace' ? await findNamespace(read, instance, namespace) : undefined
  const isPublic = api.opensPublicNamespaces && namespaceRow?.public === 1
  const place = about === 'namespace' ? { instance, namespace, public: isPublic } : { instance }
  checkAllowed(api, request, isBatch(about) ? 'read' : needs, place)
  if (namespaceRow) return { instance: undefined, namespace: namespaceRow }
  const instanceRow = await findInstance(read, instance)
  if (instanceRow && about !== 'namespace') return { instance: instanceRow, namespace: undefined }
  checkAllowed(api, request, 'read', place)
  throw instanceRow
    ? new RegistryError('namespace-missing', { namespace })
    : new RegistryError('instance-missing', { instance })
}

/** Throws the API's denial unless the caller has the right `needs` at `place`; undefined: the registry. */
export function checkAllowed(
  api: Api,
  { http, caller }: Pick<AuthenticatedRequest, 'http' | 'caller'>,
  needs: Needs,
  place: Place | undefined,
): void {
  if (!isAllowed(caller, needs, place)) throw api.denial(http, caller, needs, place)
}

function isBatch(about: About): about is Batch<Body> {
  return typeof about === 'object'
}

function queryOf(http: HttpContext): Record<string, string | string[]> {
  const values = Object.entries(http.req.queries())
  return Object.fromEntries(values.map(([name, all]) => [name, all.length === 1 ? (all[0] ?? '') : all]))
}
