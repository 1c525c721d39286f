import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'

const LINES = [1, 2, 3, 4, 5, 6]

/** The shape of what is on its way. */
export function Loading(): ReactElement {
  const { common } = useMessages()
  return (
    <div className="loading" role="status" aria-label={common.loading}>
      {LINES.map((line) => (
        <div key={line} className="loading-line" />
      ))}
    </div>
  )
}
