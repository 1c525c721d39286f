import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import styles from './Badge.module.css'

/** Meaning of a badge, shown as its colour. */
export type BadgeTone = 'good' | 'attention' | 'bad' | 'plain'

/** A short label beside the thing it describes. `clipped` truncates long text with an ellipsis: for text from users. */
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
