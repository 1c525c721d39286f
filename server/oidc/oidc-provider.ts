import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { GrantRule } from '../registry/sign-in/claimed-access.ts'
import type { Identity } from '../registry/sign-in/provider-sign-in.ts'
import { identityOf, isComplete } from './identity.ts'
import type { OidcConfig } from './oidc-config.ts'
import { providerRefusal } from './provider-refusal.ts'

/**
 * A client of an OpenID provider. Source: OpenID Connect Core 1.0, Authorization Code flow with PKCE (RFC 7636, S256).
 */
export interface OidcProvider {
  /** Display name. */
  readonly name: string
  readonly rules: readonly GrantRule[]
  /** Begins a sign-in. Returns the URL to redirect the browser to, and the secrets for {@link finish}. */
  begin(redirectUri: string): Promise<{ location: URL; secrets: SignInSecrets }>
  /** Finishes a sign-in and returns the user. `callback` is the redirect URI with the parameters of the response. */
  finish(callback: URL, secrets: SignInSecrets): Promise<Identity>
}

/** Secrets of a sign-in, which bind the response to the browser that began it. */
export interface SignInSecrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Timeout of requests to the provider, in seconds. */
const TIMEOUT = 10
/** Time for which the provider's metadata is cached, in milliseconds. */
const METADATA_LIFETIME = 60 * 60 * 1000

/**
 * Creates a client of a provider. Metadata is only requested at the first sign-in, so that the provider may be down
 * when the registry starts. Throws failures of the provider as `RegistryError` with the original error as the cause.
 */
export function makeOidcProvider(config: OidcConfig): OidcProvider {
  let cached: { readonly client: Promise<Configuration>; readonly until: number } | null = null

  function discovered(): Promise<Configuration> {
    if (cached && cached.until > Date.now()) return cached.client
    const client = discover(config)
    const attempt = { client, until: Date.now() + METADATA_LIFETIME }
    cached = attempt
    // A failure is not cached.
    client.catch(() => {
      if (cached === attempt) cached = null
    })
    return client
  }

  return {
    name: config.name,
    rules: config.rules,
    async begin(redirectUri) {
      const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const client = await discovered().catch(refuse)
      const location = buildAuthorizationUrl(client, {
        redirect_uri: redirectUri,
        scope: config.scopes,
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
      })
      return { location, secrets }
    },
    finish: (callback, secrets) => finish(config, discovered, callback, secrets).catch(refuse),
  }
}

function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<Configuration> {
  const extensions = issuer.protocol === 'http:' ? [allowInsecureRequests] : []
  return discovery(issuer, clientId, undefined, authentication(clientSecret), {
    timeout: TIMEOUT,
    execute: [...extensions, enableNonRepudiationChecks],
  })
}

/** Sends the client secret as the metadata asks, by default in the header. Source: OpenID Connect Discovery 1.0, 3. */
function authentication(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None()
  const [inHeader, inBody] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (provider, ...request) => {
    const methods = provider.token_endpoint_auth_methods_supported
    return (!methods || methods.includes('client_secret_basic') ? inHeader : inBody)(provider, ...request)
  }
}

async function finish(
  config: OidcConfig,
  discovered: () => Promise<Configuration>,
  callback: URL,
  { state, nonce, verifier }: SignInSecrets,
): Promise<Identity> {
  const client = await discovered()
  const tokens = await authorizationCodeGrant(client, callback, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('An ID token was expected.')
  // Some providers send few claims in the ID token. Its claims, which are signed, take precedence.
  const needsUserInfo = !isComplete(claims, config) && client.serverMetadata().userinfo_endpoint !== undefined
  const userInfo = needsUserInfo ? await fetchUserInfo(client, tokens.access_token, claims.sub) : {}
  return identityOf(claims.iss, claims.sub, { ...userInfo, ...claims }, config)
}

function refuse(error: unknown): never {
  throw providerRefusal(error)
}
