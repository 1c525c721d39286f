import { type ReactElement, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { useStore } from '../use-store.ts'
import styles from './FeedbackHost.module.css'
import { isFeedbackRequested } from './feedback.ts'
import { LoadError } from './LoadError.tsx'
import { lazyPart } from './lazy-part.tsx'
import { PartBoundary } from './PartBoundary.tsx'

/** Loads the layer of messages and dialogs. */
export const loadFeedbackLayer = () => import('./FeedbackLayer.tsx')
const FeedbackLayer = lazyPart(async () => (await loadFeedbackLayer()).FeedbackLayer)

/**
 * Renders messages and dialogs over the page, nothing before the first. If their code fails to load, a box says so,
 * and the pending messages are shown after a retry.
 */
export function FeedbackHost(): ReactElement | null {
  const { common } = useMessages()
  const isRequested = useStore(isFeedbackRequested)
  const [failed, setFailed] = useState(false)
  if (!isRequested) return null
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
