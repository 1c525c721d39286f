import { createHmac, randomBytes } from 'node:crypto'
import { verifyPassword } from './accounts.ts'
import type { KnownCaller } from './call.ts'
import { accountCaller, callerOfProof, type Proof, proofOf } from './callers.ts'
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
  readonly verified: Map<string, { readonly proof: Proof; readonly until: number }>
  readonly running: Map<string, Promise<KnownCaller | null>>
}

const memories = new WeakMap<Registry, Memory>()

/**
 * Who has this name and this password: an account, by its own; null when nobody has. A credential that was right
 * within the last minute is right while nothing about its owner's credentials has changed; one that is sent many times at once is verified
 * once. Throws `sign-in-throttled` with the `seconds` to wait, by the same count as sign-ins.
 */
export async function callerOfBasic(registry: Registry, credential: BasicCredential): Promise<KnownCaller | null> {
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
  const caller = await verifying
  if (caller) remember(registry, memory, key, caller)
  return caller
}

async function verify(registry: Registry, { name, password, address }: BasicCredential): Promise<KnownCaller | null> {
  const attempt = { account: name, address }
  await beginAttempt(registry, attempt)
  const account = await verifyPassword(registry, name, password)
  if (!account) return null
  await registry.database.write((transaction) => attemptSucceeded(transaction, attempt))
  return accountCaller(registry, account, { kind: 'password' })
}

async function recall(registry: Registry, { verified }: Memory, key: string): Promise<KnownCaller | null> {
  const kept = verified.get(key)
  if (!kept) return null
  const caller = Date.parse(registry.now()) < kept.until ? await callerOfProof(registry, kept.proof) : null
  if (!caller) verified.delete(key)
  return caller
}

function remember(registry: Registry, { verified }: Memory, key: string, caller: KnownCaller): void {
  const until = Date.parse(registry.now()) + REMEMBERED_FOR
  verified.delete(key)
  verified.set(key, { proof: proofOf(caller), until })
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
