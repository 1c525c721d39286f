import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './Splash.module.css'

/** Placeholder while the first page's code loads: only the header bar, so that nothing moves afterwards. */
export function Splash(): ReactElement {
  const { common } = useMessages()
  return (
    <div className={styles.splash} role="status" aria-label={common.loading}>
      <div className={styles.bar} />
    </div>
  )
}
