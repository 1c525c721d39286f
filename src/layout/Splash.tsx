import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './Splash.module.css'

/** What is on screen while the first page's code is on its way: the bar of the console, and nothing that jumps. */
export function Splash(): ReactElement {
  const { common } = useMessages()
  return (
    <div className={styles.splash} role="status" aria-label={common.loading}>
      <div className={styles.bar} />
    </div>
  )
}
