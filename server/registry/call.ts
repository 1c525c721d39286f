import type { Door } from '../../contract/console/versions.ts'

/** Who asks. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'account'; readonly id: string; readonly name: string; readonly role: 'administrator' }

/** The name that is written down for what somebody did. */
export function callerName(caller: Caller): string {
  return caller.kind === 'account' ? caller.name : 'anonymous'
}

/** Everything that the core must know about a request beside what is asked for. */
export interface Call {
  readonly caller: Caller
  /** ID of the instance addressed. */
  readonly instance: string
  readonly door: Door
  /** Network address of the caller. */
  readonly address: string
  readonly requestId: string
}
