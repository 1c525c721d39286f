import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import './instances.css'

/** The state of an instance, as a word; the dot only helps the eye. */
export function InstanceStatus({ status }: { status: string }): ReactElement {
  const { instances } = useMessages()
  return (
    <span className="instance-status" data-status={status.toLowerCase()}>
      {instances.statuses[status.toLowerCase()] ?? status}
    </span>
  )
}
