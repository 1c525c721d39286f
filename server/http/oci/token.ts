import { isRepositoryName } from '../../../chart/oci-names.ts'
import type { Needs } from '../../../contract/domain/needs.ts'
import type { Caller } from '../../registry/core/call.ts'
import { isAllowed } from '../../registry/core/permissions.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { findNamespace } from '../../registry/instances/namespace-queries.ts'
import { issueToken, type RepositoryScope, type ScopeAction } from '../../registry/sign-in/bearer-tokens.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { addressedInstance, instanceAt } from '../helm/addressed-instance.ts'
import { helmCaller, passwordCaller } from '../helm/helm-caller.ts'
import type { HttpContext } from '../http-env.ts'
import { route } from '../route.ts'
import { readBody } from '../transport/request-body.ts'
import { tokenEndpoints } from './endpoints.ts'
import { parseRepository } from './repository-address.ts'
import { CATALOG_SCOPE } from './requested-scope.ts'

/** Maximum size of a form, in bytes, and number of scopes of a token. */
const FORM_LIMIT = 64 * 1024
const SCOPES_LIMIT = 100

const ACTIONS: Readonly<Record<ScopeAction, Needs>> = { pull: 'read', push: 'push', delete: 'delete' }

/**
 * Issues tokens: by GET with Basic, as docker's clients ask, and by POST of a form with the password, as containerd and
 * oras-go do. A token holds the requested scopes as far as they are allowed, possibly none; anonymous callers get pull of
 * public namespaces. An invalid credential gets no token.
 * Sources: CNCF distribution, `docs/content/spec/auth/{token,oauth,scope}.md`.
 */
export function mountToken(api: Api): void {
  const { context } = api

  route(api, tokenEndpoints.get, async ({ http }) => {
    const scopes = parseScopes(http.req.queries('scope') ?? [])
    // The instance of the scopes may be another one than that of the host.
    const { caller } = await helmCaller(http, context, await instanceOfScopes(http, context, scopes))
    return sendToken(http, context, caller, scopes)
  })

  route(api, tokenEndpoints.post, async ({ http }) => {
    const form = new URLSearchParams((await readBody(http, FORM_LIMIT)).toString('utf8'))
    const scopes = parseScopes(form.getAll('scope'))
    const instance = await instanceOfScopes(http, context, scopes)
    return sendToken(http, context, await callerOfForm(http, context, form, instance), scopes)
  })
}

async function sendToken(c: HttpContext, context: Context, caller: Caller, requested: Scopes): Promise<Response> {
  const scopes = await allowedScopes(c, context, caller, requested.repositories)
  // The rights to the catalog are checked when it is read.
  const { catalog } = requested
  const { token, expiresIn, issuedAt } = await issueToken(context.registry, { caller, scopes, catalog })
  c.header('Cache-Control', 'no-store')
  return c.json({
    token,
    access_token: token,
    expires_in: expiresIn,
    issued_at: issuedAt,
    scope: scopeText(scopes, catalog),
  })
}

async function callerOfForm(
  c: HttpContext,
  context: Context,
  form: URLSearchParams,
  instance: string,
): Promise<Caller> {
  const grantType = form.get('grant_type')
  // Clients whose grant type is refused go on to GET with Basic.
  if (grantType !== 'password') throw new RegistryError('field-one-of', { field: 'grant_type', choices: 'password' })
  const credential = { name: form.get('username') ?? '', password: form.get('password') ?? '' }
  return passwordCaller(c, context, credential, instance)
}

interface Scopes {
  /** Requested actions by name of the repository. */
  readonly repositories: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether the list of repositories is requested. */
  readonly catalog: boolean
}

/** Returns the instance that a token is for: that of the first scope; without scopes that of the host. */
async function instanceOfScopes(c: HttpContext, context: Context, scopes: Scopes): Promise<string> {
  const { host } = c.get('client')
  const [name] = scopes.repositories.keys()
  const instanceId = name === undefined ? undefined : parseRepository(name).instanceId
  return (await instanceAt(context, { host, instanceId })) ?? addressedInstance(context, { host })
}

/** Parses scopes, which come repeated, joined by spaces, and several times for one repository. */
function parseScopes(texts: readonly string[]): Scopes {
  const repositories = new Map<string, Set<string>>()
  const scopes = texts.flatMap((text) => text.split(' ')).slice(0, SCOPES_LIMIT)
  for (const scope of scopes) {
    const [, name, actions] = /^repository(?:\([^)]*\))?:(.+):([^:]*)$/.exec(scope) ?? []
    if (name === undefined || actions === undefined || !isRepositoryName(name)) continue
    const known = repositories.get(name) ?? new Set()
    for (const action of actions.split(',')) known.add(action)
    repositories.set(name, known)
  }
  return { repositories, catalog: scopes.includes(CATALOG_SCOPE) }
}

async function allowedScopes(
  c: HttpContext,
  context: Context,
  caller: Caller,
  requested: Scopes['repositories'],
): Promise<RepositoryScope[]> {
  const scopes: RepositoryScope[] = []
  for (const [name, actions] of requested) {
    const { instanceId, namespace } = parseRepository(name)
    const instance = await instanceAt(context, { host: c.get('client').host, instanceId })
    // The request that the token is for would be refused, too.
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

function scopeText(scopes: readonly RepositoryScope[], catalog: boolean): string {
  const repositories = scopes.map(({ name, actions }) => `repository:${name}:${actions.join(',')}`)
  return [...repositories, ...(catalog ? [CATALOG_SCOPE] : [])].join(' ')
}
