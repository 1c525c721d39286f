import { badValue, ConfigError } from '../config-error.ts'
import type { GrantRule } from '../registry/sign-in/claimed-access.ts'
import { readGrantRules } from './grant-rules.ts'

/** Configuration of the OpenID provider, and the meaning of its claims. */
export interface OidcConfig {
  /** Exactly as in the provider's metadata, including a trailing slash. */
  readonly issuer: URL
  readonly clientId: string
  /** If undefined, this registry is a public client, protected only by PKCE. */
  readonly clientSecret: string | undefined
  readonly scopes: string
  /** Display name on the sign-in button. */
  readonly name: string
  /** Claims with the name of an account; the first that is present is used. */
  readonly accountClaims: readonly string[]
  readonly groupsClaim: string
  readonly rules: readonly GrantRule[]
}

const ISSUER = 'CHARTROOM_OIDC_ISSUER'
const CLIENT_ID = 'CHARTROOM_OIDC_CLIENT_ID'
const SCOPES = 'CHARTROOM_OIDC_SCOPES'
const NAME = 'CHARTROOM_OIDC_NAME'
const ACCOUNT_CLAIM = 'CHARTROOM_OIDC_ACCOUNT_CLAIM'
const GROUPS_CLAIM = 'CHARTROOM_OIDC_GROUPS_CLAIM'
const GRANTS = 'CHARTROOM_OIDC_GRANTS'

/**
 * Reads the configuration of a provider; undefined if none is configured. `value` returns a trimmed variable; the
 * secret is not trimmed, because spaces may be part of it. Throws {@link ConfigError}.
 */
export function readOidcConfig(
  value: (name: string) => string | undefined,
  clientSecret: string | undefined,
): OidcConfig | undefined {
  const issuer = value(ISSUER)
  if (issuer === undefined) {
    const set = [CLIENT_ID, SCOPES, NAME, ACCOUNT_CLAIM, GROUPS_CLAIM, GRANTS].find((name) => value(name))
    if (set !== undefined) throw new ConfigError(`${set} is set without ${ISSUER}.`)
    if (clientSecret) throw new ConfigError(`CHARTROOM_OIDC_CLIENT_SECRET is set without ${ISSUER}.`)
    return undefined
  }
  const clientId = value(CLIENT_ID)
  if (clientId === undefined) throw new ConfigError(`${ISSUER} is set without ${CLIENT_ID}.`)
  const url = issuerUrl(issuer)
  const accountClaim = value(ACCOUNT_CLAIM)
  return {
    issuer: url,
    clientId,
    clientSecret: clientSecret || undefined,
    scopes: scopes(value(SCOPES) ?? 'openid profile email'),
    name: providerName(value(NAME) ?? url.host),
    accountClaims: accountClaim === undefined ? ['preferred_username', 'email'] : [accountClaim],
    groupsClaim: value(GROUPS_CLAIM) ?? 'groups',
    rules: readGrantRules(GRANTS, value(GRANTS) ?? ''),
  }
}

/** Parses the issuer. Requires https except on this machine, because the provider's responses are trusted. */
function issuerUrl(text: string): URL {
  const url = URL.parse(text)
  const isLocal = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || (url.protocol !== 'https:' && !isLocal) || url.username || url.password || url.search || url.hash) {
    throw badValue(ISSUER, text, 'the https:// address of an OpenID Connect provider (http:// on this machine alone)')
  }
  return url
}

function scopes(text: string): string {
  const all = text.split(/\s+/)
  if (!all.includes('openid') || !all.every((scope) => /^[!#-[\]-~]+$/.test(scope))) {
    throw badValue(SCOPES, text, 'scopes with spaces between them, “openid” among them')
  }
  return all.join(' ')
}

function providerName(text: string): string {
  if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,64}$/u.test(text)) throw badValue(NAME, text, '1 to 64 printable characters')
  return text
}
