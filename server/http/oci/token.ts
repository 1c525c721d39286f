import { isRepositoryName } from '../../../chart/oci-names.ts'
import type { Needs } from '../../../contract/domain/needs.ts'
import type { Caller } from '../../registry/core/call.ts'
import { isAllowed } from '../../registry/core/permissions.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { findNamespace } from '../../registry/instances/namespace-queries.ts'
import { callerOfBasic } from '../../registry/sign-in/basic-credentials.ts'
import { issueToken, type RepositoryScope, type ScopeAction } from '../../registry/sign-in/bearer-tokens.ts'
import type { Context } from '../context.ts'
import { addressedInstance, instanceAt } from '../helm/addressed-instance.ts'
import { TOKEN_PATH } from '../helm/challenge.ts'
import { helmCaller } from '../helm/door-caller.ts'
import { doorRoute } from '../helm/door-route.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { readBody } from '../transport/request-body.ts'
import { ociDoor, parseRepository } from './oci-door.ts'
import { CATALOG_SCOPE } from './requested-scope.ts'

/** Bytes of a form at most, and scopes of one token. */
const FORM_LIMIT = 64 * 1024
const SCOPES_LIMIT = 100

const ACTIONS: Readonly<Record<ScopeAction, Needs>> = { pull: 'read', push: 'push', delete: 'delete' }

/**
 * Gives out tokens, by GET with Basic as docker's clients ask, and by POST of a form with the password as containerd's
 * and oras-go do. A token holds what was asked for as far as it is allowed, which may be nothing: who has no
 * credential gets the pull of public namespaces. A wrong one gets no token.
 * Sources: CNCF distribution, `docs/content/spec/auth/{token,oauth,scope}.md`.
 */
export function mountToken(app: HttpApp, context: Context): void {
  const about = { door: ociDoor, paths: [TOKEN_PATH], needs: 'nothing', about: 'instance' } as const

  doorRoute(app, context, { ...about, method: 'GET' }, async ({ http }) => {
    const scopes = parseScopes(http.req.queries('scope') ?? [])
    const { caller } = await helmCaller(http, context, await instanceAsked(http, context, scopes))
    return answer(http, context, caller, scopes)
  })

  doorRoute(app, context, { ...about, method: 'POST' }, async ({ http }) => {
    const form = new URLSearchParams((await readBody(http, FORM_LIMIT)).toString('utf8'))
    const scopes = parseScopes(form.getAll('scope'))
    const instance = await instanceAsked(http, context, scopes)
    return answer(http, context, await callerOfForm(http, context, form, instance), scopes)
  })
}

async function answer(c: HttpContext, context: Context, caller: Caller, asked: Scopes): Promise<Response> {
  const scopes = await allowed(c, context, caller, asked.repositories)
  // What the catalog holds is decided when it is read.
  const { catalog } = asked
  const { token, expiresIn, issuedAt } = await issueToken(context.registry, { caller, scopes, catalog })
  c.header('Cache-Control', 'no-store')
  return c.json({
    token,
    access_token: token,
    expires_in: expiresIn,
    issued_at: issuedAt,
    scope: written(scopes, catalog),
  })
}

async function callerOfForm(
  c: HttpContext,
  context: Context,
  form: URLSearchParams,
  instance: string,
): Promise<Caller> {
  const grantType = form.get('grant_type')
  // Clients that are refused this go on to GET with Basic.
  if (grantType !== 'password') throw new RegistryError('field-one-of', { field: 'grant_type', choices: 'password' })
  const credential = { name: form.get('username') ?? '', password: form.get('password') ?? '' }
  c.set('tried', credential.name)
  const caller = await callerOfBasic(context.registry, { ...credential, address: c.get('peer').address, instance })
  if (!caller) throw new RegistryError('credential-refused')
  return caller
}

interface Scopes {
  /** The actions that are asked for, by the name of the repository. */
  readonly repositories: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether the list of repositories is asked for. */
  readonly catalog: boolean
}

/** The instance that a token is for: that of the first scope; without one, that of the host. */
async function instanceAsked(c: HttpContext, context: Context, scopes: Scopes): Promise<string> {
  const { host } = c.get('peer')
  const [name] = scopes.repositories.keys()
  const instanceId = name === undefined ? undefined : parseRepository(name).instanceId
  return (await instanceAt(context, { host, instanceId })) ?? addressedInstance(context, { host })
}

/** The repositories that are asked for, by name. Scopes come repeated, joined by spaces, and more than once for one name. */
function parseScopes(asked: readonly string[]): Scopes {
  const repositories = new Map<string, Set<string>>()
  const scopes = asked.flatMap((text) => text.split(' ')).slice(0, SCOPES_LIMIT)
  for (const scope of scopes) {
    const [, name, actions] = /^repository(?:\([^)]*\))?:(.+):([^:]*)$/.exec(scope) ?? []
    if (name === undefined || actions === undefined || !isRepositoryName(name)) continue
    const known = repositories.get(name) ?? new Set()
    for (const action of actions.split(',')) known.add(action)
    repositories.set(name, known)
  }
  return { repositories, catalog: scopes.includes(CATALOG_SCOPE) }
}

async function allowed(
  c: HttpContext,
  context: Context,
  caller: Caller,
  asked: Scopes['repositories'],
): Promise<RepositoryScope[]> {
  const scopes: RepositoryScope[] = []
  for (const [name, actions] of asked) {
    const { instanceId, namespace } = parseRepository(name)
    const instance = await instanceAt(context, { host: c.get('peer').host, instanceId })
    // The request that it is for would be refused, too.
    if (instance === null) continue
    const row = await findNamespace(context.registry.database.read, instance, namespace)
    const at = { instance, namespace, public: row?.public === 1 }
    const granted = (Object.keys(ACTIONS) as ScopeAction[]) // the keys of a Record are its key type
      .filter((action) => actions.has(action) || actions.has('*'))
      .filter((action) => isAllowed(caller, ACTIONS[action], at))
    if (granted.length > 0) scopes.push({ name, actions: granted })
  }
  return scopes
}

function written(scopes: readonly RepositoryScope[], catalog: boolean): string {
  const repositories = scopes.map(({ name, actions }) => `repository:${name}:${actions.join(',')}`)
  return [...repositories, ...(catalog ? [CATALOG_SCOPE] : [])].join(' ')
}
