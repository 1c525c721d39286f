import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './InstanceStatus.module.css'

/** The state of an instance, as a word; the dot only helps the eye. */
export function InstanceStatus({ status }: { status: string }): ReactElement {
  const { instances } = useMessages()
  return (
    <span className={styles.status} data-status={status.toLowerCase()}>
      {instances.statuses[status.toLowerCase()] ?? status}
    </span>
  )
}
