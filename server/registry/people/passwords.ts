import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Cost of a hash: 2^15 rounds of 1 KiB blocks, three times; 32 MiB of memory (OWASP's second choice for scrypt). */
const COST = { N: 2 ** 15, r: 8, p: 3 }
const KEY_LENGTH = 32
/** Hashes computed at once; each holds 32 MiB and a thread of the pool that file I/O needs too. */
const AT_ONCE = 2

/** What a hash was made with: two of the same are computed once. */
interface Recipe {
  readonly cost: typeof COST
  readonly salt: Buffer
  readonly length: number
}

/**
 * The hash to keep: `scrypt$N$r$p$salt$key`, the last two in base64url. With `like` it is made with the salt of that
 * other hash of the same person: a password can then be tried against both at the price of one, so that guessing does
 * not cost this server more the more passwords somebody has.
 */
export async function hashPassword(password: string, like?: string): Promise<string> {
  const other = like === undefined ? null : parse(like)
  const salt = other && sameCost(other.recipe.cost, COST) ? other.recipe.salt : randomBytes(16)
  const key = await derive(password, { cost: COST, salt, length: KEY_LENGTH })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** What to keep of a secret that was made up by us: no one guesses it, so it need not be slow. `sha256$digest`. */
export function hashSecret(secret: string): string {
  return `sha256$${createHash('sha256').update(secret).digest('base64url')}`
}

/** What is kept where there is no password: nothing matches it. */
export const NO_PASSWORD = 'none'

/** Whether the hash was made of this password. Takes as long when there is none. */
export async function checkPassword(password: string, hash: string): Promise<boolean> {
  return (await hashesOfPassword(password, [hash])).length > 0
}

/** Those of the hashes that were made of this password. Takes as long when there are none to compare with. */
export async function hashesOfPassword(password: string, hashes: readonly string[]): Promise<string[]> {
  const computed = new Map<string, Promise<Buffer>>()
  const compute = (recipe: Recipe) => {
    const name = [...Object.values(recipe.cost), recipe.length, recipe.salt.toString('base64url')].join('$')
    const key = computed.get(name) ?? derive(password, recipe)
    computed.set(name, key)
    return key
  }
  const right: string[] = []
  for (const hash of hashes) {
    const kept = parse(hash)
    if (kept && timingSafeEqual(await compute(kept.recipe), kept.key)) right.push(hash)
  }
  if (computed.size === 0) await compute({ cost: COST, salt: Buffer.alloc(16), length: KEY_LENGTH })
  return right
}

/** A hash taken apart; null for what no password is tried against. */
function parse(hash: string): { readonly recipe: Recipe; readonly key: Buffer } | null {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (hash === NO_PASSWORD || scheme === 'sha256') return null
  if (scheme !== 'scrypt' || !salt || !key) throw new Error('Not a password hash that this version knows.')
  const kept = Buffer.from(key, 'base64url')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return { recipe: { cost, salt: Buffer.from(salt, 'base64url'), length: kept.length }, key: kept }
}

function sameCost(one: typeof COST, other: typeof COST): boolean {
  return one.N === other.N && one.r === other.r && one.p === other.p
}

let running = 0
const waiting: (() => void)[] = []

async function derive(password: string, { cost, salt, length }: Recipe): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await new Promise((resolve, reject) => {
      // The same characters, typed on another system, may come in another Unicode form.
      const options = { ...cost, maxmem: 256 * cost.N * cost.r }
      scrypt(password.normalize('NFKC'), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)))
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
