import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { storedSecret } from '../secrets/stored-secrets.ts'
import { callerOf, credentialOf, type VerifiedCredential } from './callers.ts'

export type ScopeAction = 'pull' | 'push' | 'delete'

/**
 * Actions that a token permits in one repository. `name` is the client's spelling, which may begin with an instance ID.
 */
export interface RepositoryScope {
  readonly name: string
  readonly actions: readonly ScopeAction[]
}

/** Caller and scopes of a bearer token. */
export interface BearerGrant {
  readonly caller: Caller
  readonly scopes: readonly RepositoryScope[]
  /** Whether the token permits listing repositories. */
  readonly catalog: boolean
}

/** An issued bearer token. */
export interface IssuedToken {
  readonly token: string
  /** Lifetime in seconds. */
  readonly expiresIn: number
  /** Time of issue, ISO. */
  readonly issuedAt: string
}

/** Lifetime of a token, in seconds. Clients request another one during longer pushes. */
const LIFETIME = 300
const HEADER = encode({ alg: 'HS256', typ: 'JWT' })
/** Name of the signing key among the stored secrets, which all processes share. */
const KEY_NAME = 'bearer-token-key'

/** Payload of a token. Without `sub` the token is anonymous. */
interface Claims {
  readonly sub?: VerifiedCredential
  /** Time of expiry, in seconds since 1970. */
  readonly exp: number
  readonly scopes: readonly RepositoryScope[]
  readonly catalog?: boolean
}

/**
 * Issues a token for a caller and scopes that were authorized before. The token becomes invalid when the credentials of
 * the caller change.
 */
export async function issueToken(registry: Registry, grant: BearerGrant): Promise<IssuedToken> {
  const issuedAt = registry.now()
  const exp = Math.floor(Date.parse(issuedAt) / 1000) + LIFETIME
  const { caller, scopes, catalog } = grant
  const grants = catalog ? { exp, scopes, catalog } : { exp, scopes }
  const claims: Claims = caller.kind === 'anonymous' ? grants : { sub: credentialOf(caller), ...grants }
  const payload = `${HEADER}.${encode(claims)}`
  const signature = sign(await signingKey(registry), payload).toString('base64url')
  return { token: `${payload}.${signature}`, expiresIn: LIFETIME, issuedAt }
}

/** Creates the signing key if it does not exist, so that pulling with a token never requires a write. */
export async function ensureSigningKey(registry: Registry): Promise<void> {
  await signingKey(registry)
}

/** Returns the caller and scopes of a token; null if it is invalid, expired, or the caller's credentials changed. */
export async function callerOfBearer(registry: Registry, token: string): Promise<BearerGrant | null> {
  const end = token.lastIndexOf('.')
  const payload = token.slice(0, end)
  if (end < 0 || !payload.startsWith(`${HEADER}.`)) return null
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  const expected = sign(await signingKey(registry), payload)
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null
  const claims: Claims = JSON.parse(Buffer.from(payload.slice(HEADER.length + 1), 'base64url').toString())
  if (claims.exp * 1000 <= Date.parse(registry.now())) return null
  const caller: Caller | null = claims.sub ? await callerOf(registry, claims.sub) : { kind: 'anonymous' }
  return caller && { caller, scopes: claims.scopes, catalog: claims.catalog ?? false }
}

const keys = new WeakMap<Registry, Promise<string>>()

/** Returns the signing key, which the first process that needs it creates and which never changes. */
function signingKey(registry: Registry): Promise<string> {
  let key = keys.get(registry)
  if (!key) {
    key = storedSecret(registry, KEY_NAME)
    key.catch(() => keys.delete(registry))
    keys.set(registry, key)
  }
  return key
}

function sign(key: string, payload: string): Buffer {
  return createHmac('sha256', key).update(payload).digest()
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
