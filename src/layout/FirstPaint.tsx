import { useIsFetching } from '@tanstack/react-query'
import { useEffect } from 'react'
import { loadGateDialog } from '../session/SessionGate.tsx'
import { markFirstPaint } from '../ui/AfterFirstPaint.tsx'
import { loadFeedbackLayer } from '../ui/FeedbackHost.tsx'

/** Maximum wait for the browser to become idle. */
const IDLE_TIMEOUT_MS = 2000

/**
 * Detects the first paint: no query is running and the browser is idle. Then loads what any page may need when the
 * server can no longer be reached: the messages about failures, and the dialog to sign in again.
 */
export function FirstPaint(): null {
  const isFetching = useIsFetching() > 0
  // The browser's idle time is outside React.
  useEffect(() => (isFetching ? undefined : onceIdle(loadTheRest)), [isFetching])
  return null
}

function loadTheRest() {
  markFirstPaint()
  // A failed load is retried, and its failure shown, when the part is needed.
  for (const load of [loadFeedbackLayer, loadGateDialog]) load().catch(() => undefined)
}

/** Returns a function that cancels the call. */
function onceIdle(callback: () => void): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(callback, 200)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(callback, { timeout: IDLE_TIMEOUT_MS })
  return () => cancelIdleCallback(request)
}
