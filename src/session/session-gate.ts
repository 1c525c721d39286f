/**
 * The place where requests wait while an ended session is renewed: the first that is told so opens it, the sign-in
 * dialog over the page closes it, and all of them go on.
 */
let opened: { promise: Promise<void>; resolve: () => void } | null = null
const listeners = new Set<() => void>()
let begun = false

/** From now on somebody is signed in. */
export function sessionBegan(): void {
  begun = true
}

/** Whether there is a session that can end: without one, a page that is opened leads to the sign-in page. */
export function hasSession(): boolean {
  return begun
}

/** Resolves when somebody has signed in again; rejects when `signal` is aborted before. */
export function waitForSignIn(signal?: AbortSignal): Promise<void> {
  if (!opened) {
    opened = Promise.withResolvers<void>()
    tell()
  }
  const { promise } = opened
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    promise.then(resolve, reject)
  })
}

/** Lets everything that waits go on. */
export function signedInAgain(): void {
  opened?.resolve()
  opened = null
  tell()
}

/** Whether anything waits: for React's useSyncExternalStore, together with {@link subscribeToGate}. */
export function isGateOpen(): boolean {
  return opened !== null
}

/** Calls `listener` on each change until the returned function is called. */
export function subscribeToGate(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell() {
  for (const listener of listeners) listener()
}
