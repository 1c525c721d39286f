import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * Cost of scrypt: 2^15 blocks of 1 KiB, so 32 MiB of memory, three passes. Source: OWASP's second option for scrypt.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 }
const KEY_LENGTH = 32
/** Limit of concurrent hashes: each holds 32 MiB and a thread of libuv's pool, which file I/O also needs. */
const MAX_CONCURRENT = 2

/** Parameters of a hash. Hashes with the same parameters are computed once per password. */
interface HashParameters {
  readonly cost: typeof COST
  readonly salt: Buffer
  readonly length: number
}

/**
 * Returns the hash to store: `scrypt$N$r$p$salt$key`, salt and key in base64url. With `like`, another hash of the same
 * holder, it reuses the salt of that hash: checking a password against both then costs one hash, so that guessing does
 * not cost the server more for accounts with many passwords.
 */
export async function hashPassword(password: string, like?: string): Promise<string> {
  const other = like === undefined ? null : parse(like)
  const salt = other && sameCost(other.parameters.cost, COST) ? other.parameters.salt : randomBytes(16)
  const key = await derive(password, { cost: COST, salt, length: KEY_LENGTH })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Returns the hash to store of a generated secret, `sha256$digest`. It may be fast: the secret cannot be guessed. */
export function hashSecret(secret: string): string {
  return `sha256$${createHash('sha256').update(secret).digest('base64url')}`
}

/** Stored instead of a hash for accounts without a password; matches no password. */
export const NO_PASSWORD = 'none'

/** Returns whether the hash is that of the password, in constant time even for {@link NO_PASSWORD}. */
export async function checkPassword(password: string, hash: string): Promise<boolean> {
  return (await hashesOfPassword(password, [hash])).length > 0
}

/** Returns those of the hashes that match the password. Computes a hash even if there are none, for constant time. */
export async function hashesOfPassword(password: string, hashes: readonly string[]): Promise<string[]> {
  const computed = new Map<string, Promise<Buffer>>()
  const compute = (parameters: HashParameters) => {
    const name = [...Object.values(parameters.cost), parameters.length, parameters.salt.toString('base64url')].join('$')
    const key = computed.get(name) ?? derive(password, parameters)
    computed.set(name, key)
    return key
  }
  const matching: string[] = []
  for (const hash of hashes) {
    const stored = parse(hash)
    if (stored && timingSafeEqual(await compute(stored.parameters), stored.key)) matching.push(hash)
  }
  if (computed.size === 0) await compute({ cost: COST, salt: Buffer.alloc(16), length: KEY_LENGTH })
  return matching
}

/** Parses a stored hash; null if it is not of a password. Throws an `Error` for an unknown scheme. */
function parse(hash: string): { readonly parameters: HashParameters; readonly key: Buffer } | null {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (hash === NO_PASSWORD || scheme === 'sha256') return null
  if (scheme !== 'scrypt' || !salt || !key) throw new Error('Not a password hash that this version knows.')
  const keyBytes = Buffer.from(key, 'base64url')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return { parameters: { cost, salt: Buffer.from(salt, 'base64url'), length: keyBytes.length }, key: keyBytes }
}

function sameCost(one: typeof COST, other: typeof COST): boolean {
  return one.N === other.N && one.r === other.r && one.p === other.p
}

let running = 0
const waiting: (() => void)[] = []

async function derive(password: string, { cost, salt, length }: HashParameters): Promise<Buffer> {
  if (running >= MAX_CONCURRENT) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await new Promise((resolve, reject) => {
      // Systems differ in the Unicode normalization form of typed characters.
      const options = { ...cost, maxmem: 256 * cost.N * cost.r }
      scrypt(password.normalize('NFKC'), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)))
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
