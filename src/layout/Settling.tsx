import { useIsFetching } from '@tanstack/react-query'
import { useEffect } from 'react'
import { loadGateDialog } from '../session/SessionGate.tsx'
import { loadFeedbackLayer } from '../ui/FeedbackHost.tsx'
import { settle } from '../ui/settled.ts'

/** How long the browser may be busy before the page counts as standing all the same. */
const BUSY_FOR_MS = 2000

/**
 * Finds out when the first page stands. Then loads what any page may need when the server can no longer be asked for
 * it: what says failures, and what asks to sign in again.
 */
export function Settling(): null {
  const asking = useIsFetching() > 0
  // The browser's idle time is outside React.
  useEffect(() => (asking ? undefined : onceIdle(stand)), [asking])
  return null
}

function stand() {
  settle()
  // Whoever needs one asks again, and shows the failure.
  for (const load of [loadFeedbackLayer, loadGateDialog]) load().catch(() => undefined)
}

/** Returns a function that calls it off. */
function onceIdle(callback: () => void): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(callback, 200)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(callback, { timeout: BUSY_FOR_MS })
  return () => cancelIdleCallback(request)
}
