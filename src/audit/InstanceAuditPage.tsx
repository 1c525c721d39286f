import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { InstancePageHeader } from '../instances/InstancePageHeader.tsx'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { AuditPanel } from './AuditPanel.tsx'

/** Audit log of one instance. */
export function InstanceAuditPage(): ReactElement {
  const { audit } = useMessages()
  const instanceId = useInstanceId()
  return (
    <>
      <InstancePageHeader instanceId={instanceId} title={audit.title} description={audit.instanceLead} />
      <AuditPanel instanceId={instanceId} />
    </>
  )
}
