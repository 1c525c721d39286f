import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller } from './call.ts'
import { newSecret } from './ids.ts'
import type { Registry } from './registry.ts'

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
const KEY_NAME = 'bearer-tokens'

/** What is in a token. Without `sub` it is anybody's. */
interface Claims {
  readonly sub?: string
  /** The account's credential revision. */
  readonly rev?: number
  /** Seconds since 1970. */
  readonly exp: number
  readonly scopes: readonly RepositoryScope[]
}

/** Gives out a token for what has been found to be allowed. It is void as soon as the account's credentials change. */
export async function issueToken(registry: Registry, { caller, scopes }: BearerGrant): Promise<IssuedToken> {
  const issuedAt = registry.now()
  const exp = Math.floor(Date.parse(issuedAt) / 1000) + LIFETIME
  const owner = caller.kind === 'account' ? await ownerClaims(registry, caller.id) : {}
  const payload = `${HEADER}.${encode({ ...owner, exp, scopes } satisfies Claims)}`
  const signature = sign(await signingKey(registry), payload).toString('base64url')
  return { token: `${payload}.${signature}`, expiresIn: LIFETIME, issuedAt }
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
  const caller = await callerOf(registry, claims)
  return caller && { caller, scopes: claims.scopes }
}

async function ownerClaims(registry: Registry, id: string): Promise<Pick<Claims, 'sub' | 'rev'>> {
  const { credential_revision } = await registry.database.read
    .selectFrom('accounts')
    .select('credential_revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { sub: id, rev: credential_revision }
}

async function callerOf(registry: Registry, { sub, rev }: Claims): Promise<Caller | null> {
  if (sub === undefined) return { kind: 'anonymous' }
  const row = await registry.database.read
    .selectFrom('accounts')
    .select(['id', 'name', 'role', 'credential_revision'])
    .where('id', '=', sub)
    .where('disabled', '=', 0)
    .executeTakeFirst()
  if (row?.credential_revision !== rev || !row) return null
  return { kind: 'account', id: row.id, name: row.name, role: row.role }
}

const keys = new WeakMap<Registry, Promise<string>>()

/** The key is made once, by whichever process needs it first, and never changed. */
function signingKey(registry: Registry): Promise<string> {
  let key = keys.get(registry)
  if (!key) {
    key = readOrMakeKey(registry)
    key.catch(() => keys.delete(registry))
    keys.set(registry, key)
  }
  return key
}

async function readOrMakeKey(registry: Registry): Promise<string> {
  const find = () =>
    registry.database.read.selectFrom('secrets').select('value').where('name', '=', KEY_NAME).executeTakeFirst()
  const there = await find()
  if (there) return there.value
  const row = { name: KEY_NAME, value: newSecret(), created_at: registry.now() }
  await registry.database.write((transaction) =>
    transaction
      .insertInto('secrets')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
  return (await find())?.value ?? row.value
}

function sign(key: string, payload: string): Buffer {
  return createHmac('sha256', key).update(payload).digest()
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
