import type { AuditAction } from '../../../contract/domain/audit-events.ts'
import { type Call, callerName } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import type { RegistryError, RegistryErrorCode, RegistryErrorKind } from '../core/registry-error.ts'
import { eventRow } from './record-event.ts'

/** What somebody wanted to do, as far as it was known when they were refused. */
export interface AttemptedAction {
  readonly call: Call
  /** Absent where nothing would have changed. */
  readonly action: AuditAction | undefined
  readonly namespace?: string | undefined
  readonly chart?: string | undefined
  readonly version?: string | undefined
}

/** An attempt that came to nothing, and why. */
export interface Denial extends AttemptedAction {
  readonly refused: RegistryError
  /** The name that somebody said to have. */
  readonly tried: string | undefined
  readonly request: { readonly method: string; readonly path: string; readonly writes: boolean }
}

/** Somebody said who they are, and it is not so. */
const WRONG_CREDENTIALS: ReadonlySet<RegistryErrorCode> = new Set([
  'wrong-password',
  'credential-refused',
  'signature-refused',
  'signature-expired',
  'signature-early',
  'session-token-refused',
  'access-key-unknown',
  'access-key-disabled',
  'sign-in-throttled',
  'robot-disabled',
  'robot-expired',
])

/** Refusals of writes that are more than a mistake in what was sent. */
const OF_WRITES: ReadonlySet<RegistryErrorKind> = new Set([
  'chart',
  'conflict',
  'immutable',
  'precondition',
  'quota',
  'too-large',
  'not-empty',
])

/** The same refusal is written down once in this time, in milliseconds, … */
const WINDOW = 60_000
/** … and no more refusals than these within it: of one caller, and of all whom nobody knows. */
const AT_MOST = { known: 60, unknown: 30 }

/** What this process has written down since the window began. */
interface Window {
  readonly until: number
  readonly seen: Set<string>
  readonly counts: Map<string, number>
}

const windows = new WeakMap<Registry, Window>()

/**
 * Writes a refusal down, in a transaction of its own: wrong credentials, what is not allowed, and of writes what the
 * rules of a namespace, an instance or a precondition forbid. Not that a credential is asked for, nor what is missing or
 * malformed. Nobody can fill the disk with them: what is the same within a minute is written once, and no more than
 * {@link AT_MOST}.
 */
export async function recordDenial(registry: Registry, refusal: Denial): Promise<void> {
  const action = deniedAction(refusal)
  if (!action) return
  const { call, refused, request } = refusal
  const names = { ...namesIn(refused.params), ...defined(refusal) }
  const actor = await actorOf(registry, refusal)
  const key = JSON.stringify([actor, call.address, action, refused.code, call.instance, names, disabledKey(refused)])
  const now = registry.now()
  if (!isToBeKept(registry, call.caller.kind === 'anonymous' ? null : actor, key, now)) return
  // Not the query: it may hold a signature.
  const subject = action === 'request' ? `${request.method} ${request.path}` : disabledKey(refused)
  const row = eventRow(call, { action, actor, subject, ...names }, now, refused.code)
  await registry.database.write((transaction) => transaction.insertInto('audit_events').values(row).execute())
}

/** The access key of somebody who knows its secret; an ID that is nobody's may be a secret in the wrong place. */
function disabledKey({ code, params }: RegistryError): string | undefined {
  return code === 'access-key-disabled' ? text(params.accessKey) : undefined
}

/** The audit action of a refusal; undefined when it is not recorded. */
export function deniedAction({
  refused,
  action,
  request,
}: Pick<Denial, 'refused' | 'action' | 'request'>): AuditAction | undefined {
  if (WRONG_CREDENTIALS.has(refused.code)) return 'sign-in'
  if (refused.code === 'rate-exceeded') return 'request'
  if (refused.kind === 'denied' || (request.writes && OF_WRITES.has(refused.kind))) return action ?? 'request'
  return undefined
}

/**
 * Who it was. A name that somebody only said to have is kept where there is an account or a robot of that name alone:
 * people type passwords where the name belongs.
 */
async function actorOf(registry: Registry, { call, tried }: Denial): Promise<string> {
  if (call.caller.kind !== 'anonymous' || tried === undefined) return callerName(call.caller)
  const { read } = registry.database
  const account = await read.selectFrom('accounts').select('name').where('name', '=', tried).executeTakeFirst()
  const there =
    account ?? (await read.selectFrom('robots').select('name').where('name', '=', tried).limit(1).executeTakeFirst())
  return there?.name ?? 'unknown'
}

function isToBeKept(registry: Registry, caller: string | null, key: string, now: string): boolean {
  const time = Date.parse(now)
  let window = windows.get(registry)
  if (!window || window.until <= time) {
    window = { until: time + WINDOW, seen: new Set(), counts: new Map() }
    windows.set(registry, window)
  }
  const count = window.counts.get(caller ?? '') ?? 0
  if (window.seen.has(key) || count >= (caller === null ? AT_MOST.unknown : AT_MOST.known)) return false
  window.seen.add(key)
  window.counts.set(caller ?? '', count + 1)
  return true
}

/** What the refusal itself names. */
function namesIn({
  namespace,
  chart,
  version,
}: RegistryError['params']): Pick<AttemptedAction, 'namespace' | 'chart' | 'version'> {
  return defined({ namespace: text(namespace), chart: text(chart), version: text(version) })
}

function text(value: string | number | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function defined({ namespace, chart, version }: Pick<AttemptedAction, 'namespace' | 'chart' | 'version'>) {
  return {
    ...(namespace !== undefined && { namespace }),
    ...(chart !== undefined && { chart }),
    ...(version !== undefined && { version }),
  }
}
