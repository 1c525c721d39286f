import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './Loading.module.css'

const LINES = [1, 2, 3, 4, 5, 6]

/** A skeleton of text lines, shown while content loads. */
export function Loading(): ReactElement {
  const { common } = useMessages()
  return (
    <div className={styles.loading} role="status" aria-label={common.loading}>
      {LINES.map((line) => (
        <div key={line} className={styles.line} />
      ))}
    </div>
  )
}
