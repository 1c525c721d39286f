import { Skeleton } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { isStill } from './reduced-motion.ts'

/** The shape of what is on its way. */
export function Loading({ rows = 6 }: { rows?: number }): ReactElement {
  const { common } = useMessages()
  return (
    <div className="loading" role="status" aria-label={common.loading}>
      <Skeleton active={!isStill()} paragraph={{ rows }} title={false} />
    </div>
  )
}
