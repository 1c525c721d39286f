import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { storedSecret } from '../secrets/stored-secrets.ts'
import { callerOf, credentialOf, type VerifiedCredential } from './callers.ts'

export type ScopeAction = 'pull' | 'push' | 'delete'

/** What a token lets its bearer do in one repository. `name` is as clients write it: the ID of an instance may be first. */
export interface RepositoryScope {
  readonly name: string
  readonly actions: readonly ScopeAction[]
}

/** Who a token was given to, and what for. */
export interface BearerGrant {
  readonly caller: Caller
  readonly scopes: readonly RepositoryScope[]
  /** Whether it lists repositories. */
  readonly catalog: boolean
}

/** A token as it is given out. */
export interface IssuedToken {
  readonly token: string
  /** Seconds that it is good for. */
  readonly expiresIn: number
  /** ISO. */
  readonly issuedAt: string
}

/** Seconds that a token is good for: a large push takes longer than a minute, and asks again where it must. */
const LIFETIME = 300
const HEADER = encode({ alg: 'HS256', typ: 'JWT' })
/** What the key that signs is kept under, for all processes. */
const KEY_NAME = 'bearer-token-key'

/** What is in a token. Without `sub` it is anybody's. */
interface Claims {
  readonly sub?: VerifiedCredential
  /** Seconds since 1970. */
  readonly exp: number
  readonly scopes: readonly RepositoryScope[]
  readonly catalog?: boolean
}

/** Gives out a token for what has been found to be allowed. It is void as soon as the account's credentials change. */
export async function issueToken(registry: Registry, grant: BearerGrant): Promise<IssuedToken> {
  const issuedAt = registry.now()
  const exp = Math.floor(Date.parse(issuedAt) / 1000) + LIFETIME
  const { caller, scopes, catalog } = grant
  const about = catalog ? { exp, scopes, catalog } : { exp, scopes }
  const claims: Claims = caller.kind === 'anonymous' ? about : { sub: credentialOf(caller), ...about }
  const payload = `${HEADER}.${encode(claims)}`
  const signature = sign(await signingKey(registry), payload).toString('base64url')
  return { token: `${payload}.${signature}`, expiresIn: LIFETIME, issuedAt }
}

/** Makes the key that signs tokens, so that reading with a token never has to write it. */
export async function ensureSigningKey(registry: Registry): Promise<void> {
  await signingKey(registry)
}

/** Who bears this token; null when it was never given out, has run out, or its account's credentials have changed. */
export async function callerOfBearer(registry: Registry, token: string): Promise<BearerGrant | null> {
  const end = token.lastIndexOf('.')
  const payload = token.slice(0, end)
  if (end < 0 || !payload.startsWith(`${HEADER}.`)) return null
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  const right = sign(await signingKey(registry), payload)
  if (signature.length !== right.length || !timingSafeEqual(signature, right)) return null
  const claims: Claims = JSON.parse(Buffer.from(payload.slice(HEADER.length + 1), 'base64url').toString())
  if (claims.exp * 1000 <= Date.parse(registry.now())) return null
  const caller: Caller | null = claims.sub ? await callerOf(registry, claims.sub) : { kind: 'anonymous' }
  return caller && { caller, scopes: claims.scopes, catalog: claims.catalog ?? false }
}

const keys = new WeakMap<Registry, Promise<string>>()

/** The key is made once, by whichever process needs it first, and never changed. */
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
