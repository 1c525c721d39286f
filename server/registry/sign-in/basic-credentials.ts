import { createHmac, randomBytes } from 'node:crypto'
import type { KnownCaller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { callerOf, type VerifiedCredential } from './callers.ts'
import { beginAttempt, forgiveAttempt } from './sign-in-throttle.ts'
import { verifyBasic } from './verify-basic.ts'

/** A name and a password, as a client sent them with a request, and from where. */
export interface BasicCredential {
  readonly name: string
  readonly password: string
  readonly address: string
  /** The instance that it is sent to: where the same password was chosen for several, it is taken as that one's. */
  readonly instance: string
}

/** How long a verified credential is remembered, in milliseconds: a push makes a dozen requests. */
const REMEMBERED_FOR = 60_000
/** Credentials remembered at most; the one verified first is forgotten first. */
const REMEMBERED_AT_MOST = 10_000

/** What is remembered is keyed with this, so that neither passwords nor anything made of them alone are kept. */
const KEY = randomBytes(32)

/** The credentials of one registry that this process has verified, or is verifying. */
interface Memory {
  readonly verified: Map<string, { readonly proofs: readonly VerifiedCredential[]; readonly until: number }>
  readonly running: Map<string, Promise<readonly VerifiedCredential[]>>
}

const memories = new WeakMap<Registry, Memory>()

/**
 * Who has this name and this password: an account, by its own or by one that opens an instance, or a robot; null when
 * nobody has. What was right within the last minute is right while nobody has changed, ended or disabled it; one that
 * is sent many times at once is verified once. Throws `robot-disabled`, `robot-over`, and `sign-in-throttled` with the
 * `seconds` to wait, by the same count as sign-ins.
 */
export async function callerOfBasic(registry: Registry, credential: BasicCredential): Promise<KnownCaller | null> {
  const memory = memoryOf(registry)
  const key = keyOf(credential.name, credential.password)
  const remembered = await recall(registry, memory, key, credential.instance)
  if (remembered) return remembered
  // Attempts are counted by address: one that waits for another's must not share its count.
  const attempt = keyOf(key, credential.address)
  let verifying = memory.running.get(attempt)
  if (!verifying) {
    verifying = verify(registry, credential).finally(() => memory.running.delete(attempt))
    memory.running.set(attempt, verifying)
  }
  const proofs = await verifying
  if (proofs.length > 0) remember(registry, memory, key, proofs)
  return firstGood(registry, proofs, credential.instance)
}

async function verify(
  registry: Registry,
  { name, password, address }: BasicCredential,
): Promise<readonly VerifiedCredential[]> {
  const attempt = { account: name, address }
  await beginAttempt(registry, attempt)
  const { proofs, refusal } = await verifyBasic(registry, name, password)
  if (proofs.length > 0 || refusal) await forgiveAttempt(registry, attempt)
  if (refusal) throw refusal
  return proofs
}

async function recall(
  registry: Registry,
  { verified }: Memory,
  key: string,
  instance: string,
): Promise<KnownCaller | null> {
  const kept = verified.get(key)
  if (!kept) return null
  const isFresh = Date.parse(registry.now()) < kept.until
  const caller = isFresh ? await firstGood(registry, kept.proofs, instance) : null
  if (!caller) verified.delete(key)
  return caller
}

/** The caller of the first proof that is good; those for the instance, or for all, come before the others. */
async function firstGood(
  registry: Registry,
  proofs: readonly VerifiedCredential[],
  instance: string,
): Promise<KnownCaller | null> {
  const opens = ({ credential }: VerifiedCredential) =>
    credential.instance === undefined || credential.instance === instance
  for (const proof of [...proofs.filter(opens), ...proofs.filter((other) => !opens(other))]) {
    const caller = await callerOf(registry, proof)
    if (caller) return caller
  }
  return null
}

function remember(registry: Registry, { verified }: Memory, key: string, proofs: readonly VerifiedCredential[]): void {
  const until = Date.parse(registry.now()) + REMEMBERED_FOR
  verified.delete(key)
  verified.set(key, { proofs, until })
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
