import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { MAX_PAGE_SIZE } from '../../contract/ccr/paging.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { AuditPanel } from './AuditPanel.tsx'

/** Audit log of the whole registry, including sign-ins and account changes. */
export function AuditPage(): ReactElement {
  const { audit } = useMessages()
  const instances = useQuery(instanceQueries.list({ pageNo: 1, pageSize: MAX_PAGE_SIZE, keyword: '' }))
  return (
    <>
      <PageHeader title={audit.title} description={audit.registryLead} />
      <AuditPanel instanceId={null} instances={instances.data?.instances ?? []} />
    </>
  )
}
