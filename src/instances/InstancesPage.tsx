import { PlusOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import * as z from 'zod/mini'
import type { Instance } from '../../contract/ccr/instances.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { listFields } from '../ui/list-search-params.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { PastTheEnd } from '../ui/PastTheEnd.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import { SearchInput } from '../ui/SearchInput.tsx'
import { lastPage } from '../ui/table-paging.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { InstancesTable } from './InstancesTable.tsx'

const CreateInstanceDialog = lazy(async () => ({
  default: (await import('./CreateInstanceDialog.tsx')).CreateInstanceDialog,
}))
const RenameInstanceDialog = lazy(async () => ({
  default: (await import('./RenameInstanceDialog.tsx')).RenameInstanceDialog,
}))
const InstanceTagsDialog = lazy(async () => ({
  default: (await import('./InstanceTagsDialog.tsx')).InstanceTagsDialog,
}))

type OpenDialog = { kind: 'create' } | { kind: 'rename' | 'tags'; instance: Instance }

const listParams = z.object(listFields)

/** All instances of this registry. */
export function InstancesPage(): ReactElement {
  const { common, instances } = useMessages()
  const [params, setParams] = useListSearchParams(listParams)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const list = useQuery(
    instanceQueries.list({ pageNo: params.page, pageSize: params.size, keyword: params.q || undefined }),
  )
  const closeDialog = () => setDialog(null)
  const createButton = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog({ kind: 'create' })}>
      {instances.create}
    </Button>
  )

  return (
    <>
      <PageHeader title={instances.title} description={instances.lead} extra={createButton} />
      <section className="panel" aria-label={instances.listLabel}>
        <div className="toolbar">
          <SearchInput label={instances.searchLabel} value={params.q} onSearch={(q) => setParams({ q }, 'typing')} />
          <div className="toolbar-end">
            <Button
              icon={<ReloadOutlined aria-hidden />}
              aria-label={common.refresh}
              title={common.refresh}
              loading={list.isFetching && !list.isPending}
              onClick={() => void list.refetch()}
            />
          </div>
        </div>
        <QueryState query={list}>
          {(data) =>
            data.total === 0 ? (
              <NoInstances query={params.q} create={createButton} />
            ) : data.instances.length === 0 ? (
              <PastTheEnd last={lastPage(data.total, data.pageSize)} onGo={(page) => setParams({ page }, 'typing')} />
            ) : (
              <InstancesTable
                list={data}
                query={params.q}
                stale={list.isPlaceholderData}
                onPage={(page, size) => setParams({ page, size })}
                onRename={(instance) => setDialog({ kind: 'rename', instance })}
                onEditTags={(instance) => setDialog({ kind: 'tags', instance })}
              />
            )
          }
        </QueryState>
      </section>
      <Suspense>
        {dialog?.kind === 'create' && <CreateInstanceDialog onClosed={closeDialog} />}
        {dialog?.kind === 'rename' && <RenameInstanceDialog instance={dialog.instance} onClosed={closeDialog} />}
        {dialog?.kind === 'tags' && <InstanceTagsDialog instance={dialog.instance} onClosed={closeDialog} />}
      </Suspense>
    </>
  )
}

function NoInstances({ query, create }: { query: string; create: ReactElement }) {
  const { instances } = useMessages()
  if (query) return <EmptyState title={instances.notFoundTitle(query)} text={instances.notFoundText} />
  return <EmptyState title={instances.emptyTitle} text={instances.emptyText} action={create} />
}
