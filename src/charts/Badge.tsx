import type { ReactElement } from 'react'
import './badge.css'

/** What a badge says besides its word. */
export type BadgeTone = 'good' | 'attention' | 'bad' | 'plain'

/** A word or two about the thing beside it. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: string }): ReactElement {
  return <span className={`badge badge-${tone}`}>{children}</span>
}
