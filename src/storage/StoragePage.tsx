import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { startGarbageCollection, storageQueries } from '../api/storage.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import sectionsStyles from '../ui/sections.module.css'
import { DamagedBlobs } from './DamagedBlobs.tsx'
import { StorageUsage } from './StorageUsage.tsx'

/** Storage usage and integrity of the registry, for its administrators. */
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
            <StorageUsage report={data} />
            <DamagedBlobs damaged={data.damaged} />
          </div>
        )}
      </QueryState>
    </>
  )
}
