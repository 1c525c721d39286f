import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './CursorPages.module.css'

/** Where a list stands that is read from one row on, as it grows while it is read; undefined is the top. */
export interface Cursor {
  readonly before?: string | undefined
  readonly after?: string | undefined
}

/** The way to the rows above and below those on screen. There is none where all are on screen. */
export function CursorPages({
  older,
  newer,
  onGo,
}: {
  /** What the registry wants to hear as `before`, and as `after`; null: there are none. */
  older: string | null
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
