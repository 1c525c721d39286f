import { lazy, type ReactElement, Suspense, useSyncExternalStore } from 'react'
import { isFeedbackWanted, subscribeToFeedback } from './feedback.ts'

/** Loads what draws messages and dialogs. */
export const loadFeedbackLayer = () => import('./FeedbackLayer.tsx')
const FeedbackLayer = lazy(async () => ({ default: (await loadFeedbackLayer()).FeedbackLayer }))

/** The place of messages and dialogs over the page; empty until the first. */
export function FeedbackHost(): ReactElement | null {
  const wanted = useSyncExternalStore(subscribeToFeedback, isFeedbackWanted)
  if (!wanted) return null
  return (
    <Suspense>
      <FeedbackLayer />
    </Suspense>
  )
}
