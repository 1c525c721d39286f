import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './CursorPages.module.css'

/** Position in a list that is paged by cursor, as new rows are added at its top; without a cursor, the top. */
export interface Cursor {
  readonly before?: string | undefined
  readonly after?: string | undefined
}

/** Buttons to newer and older rows; none when all rows are on screen. */
export function CursorPages({
  older,
  newer,
  onGo,
}: {
  /** The cursor for `before`; null without older rows. */
  older: string | null
  /** The cursor for `after`; null without newer rows. */
  newer: string | null
  onGo: (cursor: Cursor) => void
}): ReactElement | null {
  const { common } = useMessages()
  if (older === null && newer === null) return null
  return (
    <nav className={styles.pages} aria-label={common.pages}>
      <Button disabled={newer === null} onClick={() => onGo({})}>
        {common.newest}
      </Button>
      <Button disabled={newer === null} onClick={() => onGo({ after: newer ?? undefined })}>
        {common.newer}
      </Button>
      <Button disabled={older === null} onClick={() => onGo({ before: older ?? undefined })}>
        {common.older}
      </Button>
    </nav>
  )
}
