import type { Logger } from 'pino'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { OidcProvider } from '../oidc/oidc-provider.ts'
import type { Registry } from '../registry/core/registry.ts'
import type { RequestCounter } from './authentication/request-counter.ts'
import type { TrustedProxies } from './transport/client.ts'

/** Objects that live as long as the process, for all request handlers. */
export interface Context {
  readonly registry: Registry
  readonly jobs: JobRunner
  /** OIDC provider for sign-in beside passwords, if configured. */
  readonly provider: OidcProvider | undefined
  readonly log: Logger
  readonly version: string
  /** Folder of the built console; it may be missing. */
  readonly consoleFolder: string
  /** URL that users open, without a trailing slash. Replaced once the port is known, if the system chose one. */
  publicUrl: string
  /** Proxies whose X-Forwarded-* headers are trusted. */
  readonly isTrustedProxy: TrustedProxies
  /** Rate limiter; null for no limit. */
  readonly requests: RequestCounter | null
}
