import { createHmac, randomBytes } from 'node:crypto'
import type { Account } from '../db/schema.ts'
import { verifyPassword } from './accounts.ts'
import type { Caller } from './call.ts'
import type { Registry } from './registry.ts'
import { attemptSucceeded, beginAttempt } from './sign-in-throttle.ts'

/** A name and a password, as a client sent them with a request, and from where. */
export interface BasicCredential {
  readonly name: string
  readonly password: string
  readonly address: string
}

/** How long a verified credential is remembered, in milliseconds: a push makes a dozen requests. */
const REMEMBERED_FOR = 60_000
/** Credentials remembered at most; the one verified first is forgotten first. */
const REMEMBERED_AT_MOST = 10_000

/** What is remembered is keyed with this, so that neither passwords nor anything made of them alone are kept. */
const KEY = randomBytes(32)

/** The credentials of one registry that this process has verified, or is verifying. */
interface Memory {
  readonly verified: Map<string, { readonly account: string; readonly revision: number; readonly until: number }>
  readonly running: Map<string, Promise<Account | undefined>>
}

const memories = new WeakMap<Registry, Memory>()

/**
 * Who has this name and this password: an account, by its own; null when nobody has. A credential that was right
 * within the last minute, with the account as it is now, is right; one that is sent many times at once is verified
 * once. Throws `sign-in-throttled` with the `seconds` to wait, by the same count as sign-ins.
 */
export async function callerOfBasic(registry: Registry, credential: BasicCredential): Promise<Caller | null> {
  const memory = memoryOf(registry)
  const key = keyOf(credential.name, credential.password)
  const remembered = await recall(registry, memory, key)
  if (remembered) return remembered
  // Attempts are counted by address: one that waits for another's must not share its count.
  const attempt = keyOf(key, credential.address)
  let verifying = memory.running.get(attempt)
  if (!verifying) {
    verifying = verify(registry, credential).finally(() => memory.running.delete(attempt))
    memory.running.set(attempt, verifying)
  }
  const account = await verifying
  if (!account) return null
  remember(registry, memory, key, account)
  return callerOf(account)
}

async function verify(registry: Registry, { name, password, address }: BasicCredential): Promise<Account | undefined> {
  const attempt = { account: name, address }
  await beginAttempt(registry, attempt)
  const account = await verifyPassword(registry, name, password)
  if (account) await registry.database.write((transaction) => attemptSucceeded(transaction, attempt))
  return account
}

async function recall(registry: Registry, memory: Memory, key: string): Promise<Caller | undefined> {
  const kept = memory.verified.get(key)
  if (!kept) return undefined
  const row = await registry.database.read
    .selectFrom('accounts')
    .select(['id', 'name', 'role', 'credential_revision', 'disabled'])
    .where('id', '=', kept.account)
    .executeTakeFirst()
  const holds = row?.credential_revision === kept.revision && Date.parse(registry.now()) < kept.until
  if (row && holds && row.disabled === 0) return callerOf(row)
  memory.verified.delete(key)
  return undefined
}

function remember(registry: Registry, { verified }: Memory, key: string, account: Account): void {
  const until = Date.parse(registry.now()) + REMEMBERED_FOR
  verified.delete(key)
  verified.set(key, { account: account.id, revision: account.credential_revision, until })
  const oldest = verified.keys().next()
  if (verified.size > REMEMBERED_AT_MOST && !oldest.done) verified.delete(oldest.value)
}

function memoryOf(registry: Registry): Memory {
  const memory = memories.get(registry) ?? { verified: new Map(), running: new Map() }
  memories.set(registry, memory)
  return memory
}

/** Two texts as one key; the length of the first keeps them apart. */
function keyOf(first: string, second: string): string {
  return createHmac('sha256', KEY).update(`${first.length}:${first}${second}`).digest('base64')
}

function callerOf({ id, name, role }: Pick<Account, 'id' | 'name' | 'role'>): Caller {
  return { kind: 'account', id, name, role }
}
