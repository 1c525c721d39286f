import type { AuditAction } from '../../../contract/domain/audit-events.ts'
import type { Needs } from '../../../contract/domain/needs.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import type { Call, Caller } from '../../registry/core/call.ts'
import { isAllowed, type Place } from '../../registry/core/permissions.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { findInstance } from '../../registry/instances/instance-queries.ts'
import { findNamespace } from '../../registry/instances/namespace-queries.ts'
import type { BearerGrant } from '../../registry/sign-in/bearer-tokens.ts'
import { countRequest } from '../authentication/count-request.ts'
import { isUnsafe, requestOrigin } from '../authentication/origin.ts'
import type { Context } from '../context.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { addressedInstance } from './addressed-instance.ts'
import { helmCaller } from './door-caller.ts'

/** Values of the parameters of a path, percent-decoded. */
export type DoorParams = Readonly<Record<string, string>>

/** What a path names. */
export interface DoorAddress {
  readonly instanceId?: string | undefined
  readonly namespace?: string | undefined
  /** The chart, or the repository below the namespace. */
  readonly chart?: string | undefined
  readonly version?: string | undefined
}

/** One of the doors that Helm clients come by. */
export interface HelmDoor {
  readonly name: 'classic' | 'oci'
  /** What a path is about. Throws when its names are against their grammar. */
  address(params: DoorParams): DoorAddress
  /** Whether a token that was given out for `grant` is good for this; may throw what is to be told otherwise. */
  covers(grant: BearerGrant, needs: Needs, params: DoorParams): boolean
}

/** One route of a Helm door. Without `needs` it does not compile. HEAD comes with every GET. */
export interface DoorRoute<A extends 'instance' | 'namespace'> {
  readonly door: HelmDoor
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Paths of the same meaning, in Hono's notation. */
  readonly paths: readonly string[]
  readonly needs: Needs
  /** What is written down when it is refused; absent where nothing is changed. */
  readonly action?: AuditAction
  /** What it is about. A route about a namespace runs only where that namespace is. */
  readonly about: A
}

/** What a handler is given, all of it checked. */
export interface DoorInput<A extends 'instance' | 'namespace'> {
  readonly call: Call
  readonly namespace: A extends 'namespace' ? NamespaceRow : null
  readonly params: DoorParams
  /** Absent when the caller showed no token. */
  readonly grant: BearerGrant | null
  /** The request itself, for headers and streams. */
  readonly http: HttpContext
}

/**
 * Mounts a route of a Helm door. In this order: parse, who are they, may they, is it there, do. Whether a thing exists
 * or not, anonymous callers are told to say who they are outside of public namespaces, and those who are known and may
 * not read there that they may not; only who may do what the route is for learns what is missing.
 * Throws `origin-refused`, `instance-elsewhere`, `credential-missing`, `credential-elsewhere`, `not-allowed`,
 * `instance-missing`, `namespace-missing`, and what {@link helmCaller} throws.
 */
export function doorRoute<A extends 'instance' | 'namespace'>(
  app: HttpApp,
  context: Context,
  { door, method, paths, needs, action, about }: DoorRoute<A>,
  handler: (input: DoorInput<A>) => Promise<Response> | Response,
): void {
  app.on(method, [...paths], async (http) => {
    const params = paramsOf(http)
    const { instanceId, namespace: name, chart, version } = door.address(params)
    const unknown: Call = {
      caller: { kind: 'anonymous' },
      instance: instanceId ?? '',
      protocol: door.name,
      address: http.get('peer').address,
      userAgent: http.req.header('user-agent') ?? '',
      requestId: http.get('requestId'),
    }
    http.set('attempt', { call: unknown, action, namespace: name, chart, version })
    // A browser sends a password that it knows with any page's form.
    if (isUnsafe(http.req.method) && requestOrigin(http, context.publicUrl) === 'foreign') {
      throw new RegistryError('origin-refused')
    }
    const instance = await addressedInstance(context, { host: http.get('peer').host, instanceId })
    const { caller, grant } = await countRequest(http, context, () => helmCaller(http, context, instance))
    const call: Call = { ...unknown, caller, instance }
    http.set('attempt', { call, action, namespace: name, chart, version })
    const row = name === undefined ? undefined : await findNamespace(context.registry.database.read, instance, name)
    const at = name === undefined ? { instance } : { instance, namespace: name, public: row?.public === 1 }
    checkAllowed(caller, needs, at)
    if (grant && !door.covers(grant, needs, params)) throw new RegistryError('credential-refused')
    if (!row) await checkThere(context, caller, about, at)
    // A route about a namespace has its row here, which the compiler cannot see through `about`.
    const namespace = (about === 'namespace' ? row : null) as DoorInput<A>['namespace']
    return handler({ call, namespace, params, grant, http })
  })
}

/** Throws what a caller is told who may not do it: `credential-missing`, `credential-elsewhere`, `not-allowed`. */
export function checkAllowed(caller: Caller, needs: Needs, at: Place): void {
  if (isAllowed(caller, needs, at)) return
  if (caller.kind === 'anonymous') throw new RegistryError('credential-missing')
  const isElsewhere = caller.credential.instance !== undefined && caller.credential.instance !== at.instance
  throw new RegistryError(isElsewhere ? 'credential-elsewhere' : 'not-allowed')
}

/** No namespace was found: says what is missing, where something is, to who may know. */
async function checkThere(context: Context, caller: Caller, about: 'instance' | 'namespace', at: Place): Promise<void> {
  const instance = await findInstance(context.registry.database.read, at.instance)
  if (instance && about === 'instance') return
  checkAllowed(caller, 'read', at)
  if (!instance) throw new RegistryError('instance-missing', { instance: at.instance })
  throw new RegistryError('namespace-missing', { namespace: at.namespace ?? '' })
}

/** A parameter that matched nothing (of another path that means the same) is left out. */
function paramsOf(http: HttpContext): DoorParams {
  const entries = Object.entries(http.req.param() as Record<string, string | undefined>)
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
