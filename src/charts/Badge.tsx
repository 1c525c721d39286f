import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import styles from './Badge.module.css'

/** What a badge says besides its word. */
export type BadgeTone = 'good' | 'attention' | 'bad' | 'plain'

/** A word or two about the thing beside it. `clipped`: cut off with an ellipsis where there is no room, for words of others. */
export function Badge({
  tone = 'plain',
  clipped = false,
  children,
}: {
  tone?: BadgeTone
  clipped?: boolean
  children: string
}): ReactElement {
  return (
    <span
      className={clsx(styles.badge, styles[tone], clipped && styles.clipped)}
      title={clipped ? children : undefined}
    >
      {children}
    </span>
  )
}
