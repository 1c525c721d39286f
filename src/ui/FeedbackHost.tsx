import { type ReactElement, useSyncExternalStore } from 'react'
import { isFeedbackWanted, subscribeToFeedback } from './feedback.ts'
import { lazyPart } from './lazy-part.tsx'
import { PartBoundary } from './PartBoundary.tsx'

/** Loads what draws messages and dialogs. */
export const loadFeedbackLayer = () => import('./FeedbackLayer.tsx')
const FeedbackLayer = lazyPart(async () => (await loadFeedbackLayer()).FeedbackLayer)

/** The place of messages and dialogs over the page; empty until the first. */
export function FeedbackHost(): ReactElement | null {
  const wanted = useSyncExternalStore(subscribeToFeedback, isFeedbackWanted)
  if (!wanted) return null
  return (
    <PartBoundary>
      <FeedbackLayer />
    </PartBoundary>
  )
}
