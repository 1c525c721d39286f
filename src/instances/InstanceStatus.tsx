import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './InstanceStatus.module.css'

/** The status of an instance as text; the dot is decorative. */
export function InstanceStatus({ status }: { status: string }): ReactElement {
  const { instances } = useMessages()
  return (
    <span className={styles.status} data-status={status.toLowerCase()}>
      {instances.statuses[status.toLowerCase()] ?? status}
    </span>
  )
}
