import { type ReactElement, useState, useSyncExternalStore } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './FeedbackHost.module.css'
import { isFeedbackWanted, subscribeToFeedback } from './feedback.ts'
import { LoadError } from './LoadError.tsx'
import { lazyPart } from './lazy-part.tsx'
import { PartBoundary } from './PartBoundary.tsx'

/** Loads what draws messages and dialogs. */
export const loadFeedbackLayer = () => import('./FeedbackLayer.tsx')
const FeedbackLayer = lazyPart(async () => (await loadFeedbackLayer()).FeedbackLayer)

/**
 * The place of messages and dialogs over the page; empty until the first. When their code cannot be loaded, a box
 * says so, and what was asked for is shown after a retry.
 */
export function FeedbackHost(): ReactElement | null {
  const { common } = useMessages()
  const wanted = useSyncExternalStore(subscribeToFeedback, isFeedbackWanted)
  const [failed, setFailed] = useState(false)
  if (!wanted) return null
  if (failed) {
    return (
      <div className={styles.failure}>
        <LoadError error={new Error(common.partFailed)} onRetry={() => setFailed(false)} />
      </div>
    )
  }
  return (
    <PartBoundary silent onFailed={() => setFailed(true)}>
      <FeedbackLayer />
    </PartBoundary>
  )
}
