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

/** The provider that people sign in by: OpenID Connect Core 1.0, Authorization Code with PKCE (RFC 7636, S256). */
export interface OidcProvider {
  /** What people call it. */
  readonly name: string
  readonly rules: readonly GrantRule[]
  /** Where to send somebody, and what to know when they come back to `redirectUri`. */
  begin(redirectUri: string): Promise<{ location: URL; secrets: SignInSecrets }>
  /** Who came back. `answer` is the address that they came back to, with all its parameters. */
  finish(answer: URL, secrets: SignInSecrets): Promise<Identity>
}

/** What only the browser that began may come back with. */
export interface SignInSecrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** How long an answer of the provider is waited for, in seconds. */
const PATIENCE = 10
/** How long what it says of itself is believed, in milliseconds. */
const KNOWN_FOR = 60 * 60 * 1000

/**
 * A provider that is asked nothing before somebody signs in: it may be down when the registry starts. Everything that
 * goes wrong with it is thrown as a `RegistryError`, with the reason as its cause.
 */
export function makeOidcProvider(config: OidcConfig): OidcProvider {
  let known: { readonly client: Promise<Configuration>; readonly until: number } | null = null

  function discovered(): Promise<Configuration> {
    if (known && known.until > Date.now()) return known.client
    const client = discover(config)
    const attempt = { client, until: Date.now() + KNOWN_FOR }
    known = attempt
    // The next one tries again.
    client.catch(() => {
      if (known === attempt) known = null
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
    finish: (answer, secrets) => finish(config, discovered, answer, secrets).catch(refuse),
  }
}

function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<Configuration> {
  const extensions = issuer.protocol === 'http:' ? [allowInsecureRequests] : []
  return discovery(issuer, clientId, undefined, authentication(clientSecret), {
    timeout: PATIENCE,
    execute: [...extensions, enableNonRepudiationChecks],
  })
}

/** Shows the secret as the provider wants it, by default in the header (OpenID Connect Discovery 1.0, section 3). */
function authentication(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None()
  const [inHeader, inBody] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (provider, ...request) => {
    const ways = provider.token_endpoint_auth_methods_supported
    return (!ways || ways.includes('client_secret_basic') ? inHeader : inBody)(provider, ...request)
  }
}

async function finish(
  config: OidcConfig,
  discovered: () => Promise<Configuration>,
  answer: URL,
  { state, nonce, verifier }: SignInSecrets,
): Promise<Identity> {
  const client = await discovered()
  const tokens = await authorizationCodeGrant(client, answer, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('An ID token was expected.')
  // Some providers keep the token short. What is signed counts first.
  const isAsked = !isComplete(claims, config) && client.serverMetadata().userinfo_endpoint !== undefined
  const more = isAsked ? await fetchUserInfo(client, tokens.access_token, claims.sub) : {}
  return identityOf(claims.iss, claims.sub, { ...more, ...claims }, config)
}

function refuse(error: unknown): never {
  throw providerRefusal(error)
}
