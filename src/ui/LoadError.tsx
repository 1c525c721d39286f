import { CloseCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { ApiError } from '../api/api-error.ts'
import { useMessages } from '../i18n/use-messages.ts'

/** A failed load, said in place, with the way to try again. */
export function LoadError({ error, onRetry }: { error: Error; onRetry: () => void }): ReactElement {
  const { common } = useMessages()
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return (
    <div className="load-error" role="alert">
      <CloseCircleFilled aria-hidden />
      <div className="load-error-text">
        <strong>{common.loadFailedTitle}</strong>
        {error.message}
        {requestId && <div className="request-id">{common.requestId(requestId)}</div>}
      </div>
      <Button onClick={onRetry}>{common.retry}</Button>
    </div>
  )
}
