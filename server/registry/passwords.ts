import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Cost of a hash: 2^15 rounds of 1 KiB blocks, three times; 32 MiB of memory (OWASP's second choice for scrypt). */
const COST = { N: 2 ** 15, r: 8, p: 3 }
const KEY_LENGTH = 32
/** Hashes computed at once; each holds 32 MiB and a thread of the pool that file I/O needs too. */
const AT_ONCE = 2

/** The hash to keep: `scrypt$N$r$p$salt$key`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST, KEY_LENGTH)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** What to keep of a secret that was made up by us: no one guesses it, so it need not be slow. `sha256$digest`. */
export function hashSecret(secret: string): string {
  return `sha256$${createHash('sha256').update(secret).digest('base64url')}`
}

/** What is kept where there is no password: nothing matches it. */
export const NO_PASSWORD = 'none'

/** Whether the hash was made of this password. */
export async function checkPassword(password: string, hash: string): Promise<boolean> {
  if (hash.startsWith('sha256$')) return timingSafeEqual(Buffer.from(hashSecret(password)), Buffer.from(hash))
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || !salt || !key) throw new Error('Not a password hash that this version knows.')
  const kept = Buffer.from(key, 'base64url')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost, kept.length), kept)
}

let running = 0
const waiting: (() => void)[] = []

async function derive(password: string, salt: Buffer, cost: typeof COST, length: number): Promise<Buffer> {
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
