import type { ReactElement, ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** Placeholder of an empty list: what it would contain, and what to do next. */
export function EmptyState({
  title,
  text,
  action,
}: {
  title: string
  text?: ReactNode
  action?: ReactNode
}): ReactElement {
  return (
    <div className={styles.state}>
      <svg viewBox="0 0 96 64" width="96" height="64" aria-hidden="true">
        <path d="M12 14l24-6 24 6 24-6v42l-24 6-24-6-24 6z" className={styles.sheet} />
        <path d="M36 8v42M60 14v42" className={styles.fold} />
        <path d="M20 44c10-16 18 2 28-10s14-10 24-12" className={styles.course} />
        <circle cx="72" cy="22" r="4" className={styles.pin} />
      </svg>
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
