import { ExclamationCircleFilled } from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import styles from './DialogFooter.module.css'

/** The buttons of a dialog and the error of its action, which appears where it moves neither them nor the content. */
export function DialogFooter({
  error,
  children,
}: {
  error: Error | null | undefined
  /** The buttons. */
  children?: ReactNode
}): ReactElement {
  return (
    <div className={styles.footer}>
      <div className={styles.buttons}>{children}</div>
      {error && (
        // On a small screen the footer may be at the end of the window.
        <p className={styles.error} role="alert" ref={(alert) => alert?.scrollIntoView({ block: 'nearest' })}>
          <ExclamationCircleFilled aria-hidden />
          {error.message}
        </p>
      )}
    </div>
  )
}
