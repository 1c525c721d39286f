import { useEffect } from 'react'
import { loadGateDialog } from '../session/SessionGate.tsx'
import { loadFeedbackLayer } from '../ui/FeedbackHost.tsx'

/** How long the page may be busy before it is done all the same. */
const BUSY_FOR_MS = 3000

/**
 * Loads, once the first page stands and the browser has nothing to do, what no page shows at first and every page may
 * need when the server can no longer be asked for it: what says failures, and what asks to sign in again.
 */
export function useLoadAhead(): void {
  // The browser's idle time is outside React.
  useEffect(() => {
    // Safari has no idle callbacks.
    if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: BUSY_FOR_MS })
    else setTimeout(load, BUSY_FOR_MS)
  }, [])
}

function load() {
  // Whoever needs one asks again, and shows the failure.
  for (const one of [loadFeedbackLayer, loadGateDialog]) one().catch(() => undefined)
}
