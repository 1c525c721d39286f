import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { startGarbageCollection, storageQueries } from '../api/storage.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import sectionsStyles from '../ui/sections.module.css'
import { DamagedBlobs } from './DamagedBlobs.tsx'
import { StorageFacts } from './StorageFacts.tsx'

/** What the registry stores and whether it is intact, for administrators of the registry. */
export function StoragePage(): ReactElement {
  const { storage } = useMessages()
  const report = useQuery(storageQueries.report())
  const collection = useMutation({ mutationFn: startGarbageCollection, meta: { invalidates: [storageQueries.all()] } })
  const isCollecting = collection.isPending || report.data?.collecting === true
  return (
    <>
      <PageHeader
        title={storage.title}
        description={storage.lead}
        extra={
          <Button type="primary" loading={isCollecting} onClick={() => collection.mutate()}>
            {isCollecting ? storage.collecting : storage.collect}
          </Button>
        }
      />
      <QueryState query={report}>
        {(data) => (
          <div className={sectionsStyles.sections}>
            <StorageFacts report={data} />
            <DamagedBlobs damaged={data.damaged} />
          </div>
        )}
      </QueryState>
    </>
  )
}
