import { CloseCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { ApiError } from '../api/api-error.ts'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './LoadError.module.css'

/** Shows a failed load in place of the content, with a button to retry. */
export function LoadError({
  title,
  error,
  onRetry,
}: {
  /** Names the failed load; a general sentence by default. */
  title?: string
  error: Error
  onRetry: () => void
}): ReactElement {
  const { common } = useMessages()
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return (
    <div className={styles.failure} role="alert">
      <CloseCircleFilled aria-hidden />
      <div className={styles.text}>
        <strong>{title ?? common.loadFailedTitle}</strong>
        {error.message}
        {requestId && <div className={styles.requestId}>{common.requestId(requestId)}</div>}
      </div>
      <Button onClick={onRetry}>{common.retry}</Button>
    </div>
  )
}
