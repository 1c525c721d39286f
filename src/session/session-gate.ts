import { createStore, type ReadableStore } from '../create-store.ts'

/**
 * Holds requests while an expired session is renewed: the first request that fails for lack of a session opens the
 * sign-in dialog, which releases all of them.
 */
const gate = createStore<PromiseWithResolvers<void> | null>(null)
let sessionExists = false

/** Records that a user is signed in. */
export function sessionBegan(): void {
  sessionExists = true
}

/** Whether a session exists that can expire; without one, opening a page redirects to the sign-in page. */
export function hasSession(): boolean {
  return sessionExists
}

/** Resolves when the user has signed in again; rejects when `signal` is aborted before. */
export function waitForSignIn(signal?: AbortSignal): Promise<void> {
  let open = gate.get()
  if (!open) {
    open = Promise.withResolvers<void>()
    gate.set(open)
  }
  const { promise } = open
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    promise.then(resolve, reject)
  })
}

/** Releases all waiting requests. */
export function signedInAgain(): void {
  gate.get()?.resolve()
  gate.set(null)
}

/** Null while no request waits. */
export const signInGate: ReadableStore<unknown> = gate
