import { createHmac, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { KnownCaller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { callerOf, type VerifiedCredential } from './callers.ts'
import { beginAttempt, forgiveAttempt } from './sign-in-throttle.ts'
import { verifyBasic } from './verify-basic.ts'

/** Name and password of a request, and its client address. */
export interface BasicCredential {
  readonly name: string
  readonly password: string
  readonly address: string
  /** ID of the addressed instance: takes precedence if the same password was chosen for several instances. */
  readonly instance: string
}

/** Lifetime of a cache entry, in milliseconds: a push makes a dozen requests. */
const CACHE_LIFETIME = 60_000
/** Limit of cached credentials. */
const MAX_CACHED = 10_000

/** HMAC key of the cache keys: the cache holds neither passwords nor plain hashes of them. */
const KEY = randomBytes(32)

/** Credentials of one registry that this process has verified or is verifying. */
interface Cache {
  /** `until` is the time of expiry, in milliseconds since 1970. */
  readonly verified: LRUCache<string, { readonly credentials: readonly VerifiedCredential[]; readonly until: number }>
  readonly running: Map<string, Promise<readonly VerifiedCredential[]>>
}

const caches = new WeakMap<Registry, Cache>()

/**
 * Returns the account or robot with this name and password; null if there is none. An account authenticates with its
 * own password or with an instance password. Verified credentials are cached for a minute, unless they are changed,
 * revoked or disabled before; concurrent requests share one verification. Throws `robot-disabled`, `robot-expired`, and
 * `sign-in-throttled` with the `seconds` to wait, counted together with sign-ins.
 */
export async function callerOfBasic(registry: Registry, credential: BasicCredential): Promise<KnownCaller | null> {
  const cache = cacheOf(registry)
  const key = keyOf(credential.name, credential.password)
  const cached = await findCached(registry, cache, key, credential.instance)
  if (cached) return cached
  // Attempts are throttled by address: clients at different addresses must not share a verification.
  const attempt = keyOf(key, credential.address)
  let verifying = cache.running.get(attempt)
  if (!verifying) {
    verifying = verify(registry, credential).finally(() => cache.running.delete(attempt))
    cache.running.set(attempt, verifying)
  }
  const credentials = await verifying
  if (credentials.length > 0) addToCache(registry, cache, key, credentials)
  return firstValid(registry, credentials, credential.instance)
}

async function verify(
  registry: Registry,
  { name, password, address }: BasicCredential,
): Promise<readonly VerifiedCredential[]> {
  const attempt = { account: name, address }
  await beginAttempt(registry, attempt)
  const { credentials, refusal } = await verifyBasic(registry, name, password)
  if (credentials.length > 0 || refusal) await forgiveAttempt(registry, attempt)
  if (refusal) throw refusal
  return credentials
}

async function findCached(
  registry: Registry,
  { verified }: Cache,
  key: string,
  instance: string,
): Promise<KnownCaller | null> {
  const entry = verified.get(key)
  if (!entry) return null
  const isFresh = Date.parse(registry.now()) < entry.until
  const caller = isFresh ? await firstValid(registry, entry.credentials, instance) : null
  if (!caller) verified.delete(key)
  return caller
}

/** Returns the caller of the first valid credential; those for the instance, or for all, precede the others. */
async function firstValid(
  registry: Registry,
  credentials: readonly VerifiedCredential[],
  instance: string,
): Promise<KnownCaller | null> {
  const opens = ({ credential }: VerifiedCredential) =>
    credential.instance === undefined || credential.instance === instance
  for (const credential of [...credentials.filter(opens), ...credentials.filter((other) => !opens(other))]) {
    const caller = await callerOf(registry, credential)
    if (caller) return caller
  }
  return null
}

function addToCache(
  registry: Registry,
  { verified }: Cache,
  key: string,
  credentials: readonly VerifiedCredential[],
): void {
  const until = Date.parse(registry.now()) + CACHE_LIFETIME
  verified.set(key, { credentials, until })
}

function cacheOf(registry: Registry): Cache {
  const cache = caches.get(registry) ?? { verified: new LRUCache({ max: MAX_CACHED }), running: new Map() }
  caches.set(registry, cache)
  return cache
}

/** HMAC of two texts. The length of the first prevents that different pairs concatenate to the same text. */
function keyOf(first: string, second: string): string {
  return createHmac('sha256', KEY).update(`${first.length}:${first}${second}`).digest('base64')
}
