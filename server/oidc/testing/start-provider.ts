import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { closeListener, listen } from '../../http/transport/listener.ts'
import type { OidcConfig } from '../oidc-config.ts'
import { readOidcConfig } from '../oidc-config.ts'

/** A real OpenID provider on this machine, whose users sign in with any password. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string
  /** Claims of users, by the name that they sign in with. Other users have that name as `preferred_username`. */
  readonly people: Map<string, Record<string, unknown>>
  /** Changes the claims of ID tokens and signs them again, with the provider's key or an unknown one. */
  tamper: { claims?: (claims: Record<string, unknown>) => Record<string, unknown>; byStranger?: boolean } | null
  /** Returns the environment of a registry that uses it. */
  environment(more?: Record<string, string>): Record<string, string>
  config(more?: Record<string, string>): OidcConfig
  close(): Promise<void>
}

const CLIENT = { id: 'chartroom', secret: 'a secret: of 100 % & more' }
/** ID of another client of the same provider. */
export const OTHER_CLIENT = 'somebody-else'

/** Starts a provider on a free port. It accepts any redirect URI on this machine. */
export async function startProvider(): Promise<TestProvider> {
  const server = createServer()
  const port = await listen(server, '127.0.0.1', 0)
  const issuer = `http://127.0.0.1:${port}`
  const people: TestProvider['people'] = new Map()
  const key = newKey()
  const provider = new Provider(issuer, {
    clients: [
      { client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [`${issuer}/never`] },
      { client_id: OTHER_CLIENT, client_secret: CLIENT.secret, redirect_uris: [`${issuer}/never`] },
      { client_id: 'public', token_endpoint_auth_method: 'none', redirect_uris: [`${issuer}/never`] },
    ],
    claims: { profile: ['preferred_username'], email: ['email', 'email_verified'], groups: ['groups'] },
    cookies: { keys: [randomUUID()] },
    jwks: { keys: [key] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    // Grants the requested scopes without a consent page.
    loadExistingGrant: async (ctx) => {
      const { client, session, params } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope(String(params?.scope))
      await grant.save()
      return grant
    },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...(people.get(id) ?? { preferred_username: id }) }),
    }),
  })
  provider.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/(127\.0\.0\.1|localhost):/.test(uri)
  const environment: TestProvider['environment'] = (more = {}) => ({
    CHARTROOM_OIDC_ISSUER: issuer,
    CHARTROOM_OIDC_CLIENT_ID: CLIENT.id,
    CHARTROOM_OIDC_CLIENT_SECRET: CLIENT.secret,
    CHARTROOM_OIDC_SCOPES: 'openid profile email groups',
    CHARTROOM_OIDC_NAME: 'Example Company',
    ...more,
  })
  const close = () => closeListener(server, 0)
  const test: TestProvider = {
    issuer,
    people,
    tamper: null,
    environment,
    config: (more) => {
      const env = environment(more)
      const config = readOidcConfig((name) => env[name] || undefined, env.CHARTROOM_OIDC_CLIENT_SECRET)
      if (!config) throw new Error('The environment names a provider.')
      return config
    },
    close,
    [Symbol.asyncDispose]: close,
  }
  provider.use(async (ctx, next) => {
    await next()
    const body = ctx.body as { id_token?: string } | undefined // response of the token endpoint
    if (ctx.path === '/token' && test.tamper && body?.id_token)
      body.id_token = signAgain(body.id_token, key, test.tamper)
  })
  server.on('request', provider.callback())
  return test
}

function newKey(): JsonWebKey & { kid: string } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }
}

function signAgain(
  token: string,
  key: JsonWebKey,
  { claims, byStranger }: NonNullable<TestProvider['tamper']>,
): string {
  const [header = '', payload = ''] = token.split('.')
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const after = Buffer.from(JSON.stringify(claims?.(before) ?? before)).toString('base64url')
  const signingKey = createPrivateKey({ key: byStranger ? newKey() : key, format: 'jwk' })
  const signature = sign('RSA-SHA256', Buffer.from(`${header}.${after}`), signingKey).toString('base64url')
  return `${header}.${after}.${signature}`
}
