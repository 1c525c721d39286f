import { pino } from 'pino'
import type { Grant } from '../../../contract/domain/roles.ts'
import { createApp } from '../../app.ts'
import { JOBS } from '../../jobs/job-kinds.ts'
import { JobRunner } from '../../jobs/job-runner.ts'
import type { OidcConfig } from '../../oidc/oidc-config.ts'
import { makeOidcProvider } from '../../oidc/oidc-provider.ts'
import { startSession } from '../../registry/sign-in/sessions.ts'
import { insertAccount, type TestAccount } from '../../testing/insert-account.ts'
import { openTestRegistry, type TestRegistry, type TestRegistryOptions } from '../../testing/open-test-registry.ts'
import { makeRequestCounter } from '../authentication/request-counter.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { trustIn } from '../transport/client.ts'

export const ADMINISTRATOR = { account: 'admin', password: 'correct horse battery' } as const

/** The whole server without a listener, with its own registry and a signed-in administrator. */
export interface TestApp extends TestRegistry {
  readonly app: HttpApp
  readonly context: Context
  /** All log lines. */
  readonly logged: Record<string, unknown>[]
  /** Cookie header of the administrator. */
  readonly cookie: string
  /** Sends a request of the administrator's console. A body other than a string or a form is sent as JSON. */
  ask(method: string, path: string, options?: AskOptions): Promise<Response>
  /** Sends a request without a session and without the console's header. */
  askAnonymously(method: string, path: string, options?: AskOptions): Promise<Response>
  /** Sends a request of a Helm client with the administrator's name and password. */
  askAsHelm(method: string, path: string, options?: AskOptions): Promise<Response>
  /** Creates a member with these grants and {@link MEMBER_PASSWORD}. Returns a function that sends requests of its console. */
  member(name: string, grants: readonly Grant[]): Promise<TestApp['ask']>
}

/** Password of all members. */
export const MEMBER_PASSWORD = 'battery horse staple'

export interface AskOptions {
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

export interface TestAppOptions extends TestRegistryOptions {
  readonly publicUrl?: string
  readonly consoleFolder?: string
  readonly rateLimit?: number
  readonly oidc?: OidcConfig
  readonly trustedProxies?: readonly string[]
}

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const {
    publicUrl = 'http://localhost:8080',
    consoleFolder = '/nowhere',
    rateLimit = 0,
    trustedProxies = [],
    oidc,
    ...ofRegistry
  } = options
  const test = await openTestRegistry(ofRegistry)
  const administrator = { id: 'admin', name: ADMINISTRATOR.account, role: 'administrator' } as const
  const cookie = await startAccountsSession(test, { ...administrator, password: ADMINISTRATOR.password })
  const logged: Record<string, unknown>[] = []
  const log = pino({ base: null }, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const jobs = new JobRunner(test.registry, log, JOBS)
  const context: Context = {
    registry: test.registry,
    jobs,
    provider: oidc && makeOidcProvider(oidc),
    log,
    version: '0.0.0-test',
    consoleFolder,
    publicUrl,
    isTrustedProxy: trustIn(trustedProxies),
    requests: makeRequestCounter(rateLimit),
  }
  const app = createApp(context)
  const close = async () => {
    await jobs[Symbol.asyncDispose]()
    await test.close()
  }
  return {
    ...test,
    close,
    [Symbol.asyncDispose]: close,
    app,
    context,
    logged,
    cookie,
    ask: (method, path, { body, headers } = {}) =>
      ask(app, method, path, body, { cookie, 'X-Requested-With': 'chartroom', ...headers }),
    askAnonymously: (method, path, { body, headers } = {}) => ask(app, method, path, body, { ...headers }),
    askAsHelm: (method, path, { body, headers } = {}) =>
      ask(app, method, path, body, { Authorization: basic(), ...headers }),
    member: async (name, grants) => {
      const account = { id: `member-${name}`, name, role: 'member', password: MEMBER_PASSWORD, grants } as const
      const theirs = await startAccountsSession(test, account)
      return (method, path, { body, headers } = {}) =>
        ask(app, method, path, body, { cookie: theirs, 'X-Requested-With': 'chartroom', ...headers })
    },
  }
}

/** Returns a Basic `Authorization` (RFC 7617), by default of the administrator. */
export function basic(name: string = ADMINISTRATOR.account, password: string = ADMINISTRATOR.password): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}

/** Creates an account and signs it in. */
async function startAccountsSession({ registry, call }: TestRegistry, account: TestAccount): Promise<string> {
  await insertAccount(registry, account)
  const { token } = await startSession(
    registry,
    { ...call, instance: '' },
    { ...account, credential_revision: 1 },
    { kind: 'password' },
  )
  return `chartroom_session=${token}`
}

async function ask(app: HttpApp, method: string, path: string, body: unknown, headers: Record<string, string>) {
  const isRaw = body === undefined || typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array
  if (isRaw) return app.request(path, { method, headers, body: (body ?? null) as BodyInit | null }) // one of the three
  const json = { 'Content-Type': 'application/json; charset=utf-8', ...headers }
  return app.request(path, { method, headers: json, body: JSON.stringify(body) })
}

/** Returns status, code and message of an error. Throws if the request ID in the body is not that in the header. */
export async function refusalOf(answer: Response): Promise<{ status: number; code: string; message: string }> {
  const { code, message, requestId } = await answer.json()
  if (requestId !== answer.headers.get('X-Bce-Request-Id')) throw new Error('The request ID differs from the header.')
  return { status: answer.status, code, message }
}
