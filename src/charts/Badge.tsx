import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import styles from './Badge.module.css'

/** What a badge says besides its word. */
export type BadgeTone = 'good' | 'attention' | 'bad' | 'plain'

/** A word or two about the thing beside it. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: string }): ReactElement {
  return <span className={clsx(styles.badge, styles[tone])}>{children}</span>
}
