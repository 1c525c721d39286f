import type { Logger } from 'pino'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { OidcProvider } from '../oidc/oidc-provider.ts'
import type { Registry } from '../registry/core/registry.ts'
import type { RequestCounter } from './authentication/request-counter.ts'
import type { TrustedProxies } from './transport/client.ts'

/** Everything that lives as long as the process does. */
export interface Context {
  readonly registry: Registry
  readonly jobs: JobRunner
  /** Where people may sign in beside passwords. */
  readonly provider: OidcProvider | undefined
  readonly log: Logger
  readonly version: string
  /** Folder of the built console; it need not be there. */
  readonly consoleFolder: string
  /** Address that people use, without a trailing slash. Set again once the port is known, where any would do. */
  publicUrl: string
  /** Whose word about a request is taken. */
  readonly isTrustedProxy: TrustedProxies
  /** Null: nobody's requests are counted. */
  readonly requests: RequestCounter | null
}
