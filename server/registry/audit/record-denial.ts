import type { AuditAction } from '../../../contract/domain/audit-events.ts'
import { type Call, callerName } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import type { RegistryError, RegistryErrorCode, RegistryErrorKind } from '../core/registry-error.ts'
import { eventRow } from './record-event.ts'

/** An attempted action, as far as it was known when the request was denied. */
export interface AttemptedAction {
  readonly call: Call
  /** Undefined if the request would not have changed anything. */
  readonly action: AuditAction | undefined
  readonly namespace?: string | undefined
  readonly chart?: string | undefined
  readonly version?: string | undefined
}

/** A denied request and the reason. */
export interface Denial extends AttemptedAction {
  readonly refused: RegistryError
  /** Account or robot name in the rejected credentials, not verified. */
  readonly tried: string | undefined
  readonly request: { readonly method: string; readonly path: string; readonly writes: boolean }
}

/** Errors of failed authentication. */
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

/** Kinds of errors recorded for writes: rejected by a rule, not malformed input. */
const RECORDED_FOR_WRITES: ReadonlySet<RegistryErrorKind> = new Set([
  'chart',
  'conflict',
  'immutable',
  'precondition',
  'quota',
  'too-large',
  'not-empty',
])

/** Window in which identical denials are recorded once, in milliseconds. */
const WINDOW = 60_000
/** Limits of recorded denials per window: of one authenticated caller, and of all anonymous callers together. */
const LIMITS = { known: 60, unknown: 30 }

/** Denials recorded by this process in the current window. `until` is its end, in milliseconds since 1970. */
interface Window {
  readonly until: number
  readonly seen: Set<string>
  readonly counts: Map<string, number>
}

const windows = new WeakMap<Registry, Window>()

/**
 * Records a denied request in the audit log, in its own transaction: wrong credentials, missing permission, and writes
 * rejected by a rule of the namespace, a quota or a precondition. Does not record requests without credentials, missing
 * resources or malformed input. Identical denials are recorded once a minute, within {@link LIMITS}, so that clients
 * cannot fill the disk.
 */
export async function recordDenial(registry: Registry, denial: Denial): Promise<void> {
  const action = deniedAction(denial)
  if (!action) return
  const { call, refused, request } = denial
  const names = { ...namesIn(refused.params), ...defined(denial) }
  const actor = await actorOf(registry, denial)
  const key = JSON.stringify([actor, call.address, action, refused.code, call.instance, names, disabledKey(refused)])
  const now = registry.now()
  if (!passesLimits(registry, call.caller.kind === 'anonymous' ? null : actor, key, now)) return
  // Without the query, which may contain a signature.
  const subject = action === 'request' ? `${request.method} ${request.path}` : disabledKey(refused)
  const row = eventRow(call, { action, actor, subject, ...names }, now, refused.code)
  await registry.database.write((transaction) => transaction.insertInto('audit_events').values(row).execute())
}

/**
 * ID of the access key for the audit log, only if the caller knows its secret: an unknown ID may be a secret that was
 * entered in the wrong place.
 */
function disabledKey({ code, params }: RegistryError): string | undefined {
  return code === 'access-key-disabled' ? text(params.accessKey) : undefined
}

/** Returns the audit action of a denial; undefined if it is not recorded. */
export function deniedAction({
  refused,
  action,
  request,
}: Pick<Denial, 'refused' | 'action' | 'request'>): AuditAction | undefined {
  if (WRONG_CREDENTIALS.has(refused.code)) return 'sign-in'
  if (refused.code === 'rate-exceeded') return 'request'
  if (refused.kind === 'denied' || (request.writes && RECORDED_FOR_WRITES.has(refused.kind))) return action ?? 'request'
  return undefined
}

/**
 * Returns the actor of a denial. An unverified name is recorded only if an account or a robot has it, because users
 * sometimes type their password into the name field.
 */
async function actorOf(registry: Registry, { call, tried }: Denial): Promise<string> {
  if (call.caller.kind !== 'anonymous' || tried === undefined) return callerName(call.caller)
  const { read } = registry.database
  const account = await read.selectFrom('accounts').select('name').where('name', '=', tried).executeTakeFirst()
  const existing =
    account ?? (await read.selectFrom('robots').select('name').where('name', '=', tried).limit(1).executeTakeFirst())
  return existing?.name ?? 'unknown'
}

/** Whether the denial is within the limits of its window; if so, counts it. `caller` is null for anonymous ones. */
function passesLimits(registry: Registry, caller: string | null, key: string, now: string): boolean {
  const time = Date.parse(now)
  let window = windows.get(registry)
  if (!window || window.until <= time) {
    window = { until: time + WINDOW, seen: new Set(), counts: new Map() }
    windows.set(registry, window)
  }
  const count = window.counts.get(caller ?? '') ?? 0
  if (window.seen.has(key) || count >= (caller === null ? LIMITS.unknown : LIMITS.known)) return false
  window.seen.add(key)
  window.counts.set(caller ?? '', count + 1)
  return true
}

/** Names of the resources that the error mentions. */
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
