import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Instance } from '../../contract/ccr/instances.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { useMay } from '../session/use-may.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { InstancesTable } from './InstancesTable.tsx'
import { instanceListParams } from './instance-list-params.ts'

const CreateInstanceDialog = lazyPart(async () => (await import('./CreateInstanceDialog.tsx')).CreateInstanceDialog)
const RenameInstanceDialog = lazyPart(async () => (await import('./RenameInstanceDialog.tsx')).RenameInstanceDialog)
const InstanceTagsDialog = lazyPart(async () => (await import('./InstanceTagsDialog.tsx')).InstanceTagsDialog)

type OpenDialog = { kind: 'create' } | { kind: 'rename' | 'tags'; instance: Instance }

/** Lists the instances that the user may read. */
export function InstancesPage(): ReactElement {
  const { instances } = useMessages()
  const may = useMay()
  const [view, setView] = useListSearchParams(instanceListParams)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const query = useQuery(instanceQueries.list({ pageNo: view.page, pageSize: view.size, keyword: view.q || undefined }))
  const closeDialog = () => setDialog(null)
  const createButton = may('administer') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog({ kind: 'create' })}>
      {instances.create}
    </Button>
  )

  return (
    <>
      <PageHeader title={instances.title} description={instances.lead} extra={createButton} />
      <ListPanel
        label={instances.listLabel}
        search={instances.searchLabel}
        view={view}
        setView={setView}
        query={query}
        rowsOf={(list) => list.instances}
        empty={<NoInstances query={view.q} create={createButton} />}
      >
        {(list) => (
          <InstancesTable
            list={list}
            view={view}
            setView={setView}
            stale={query.isPlaceholderData}
            onRename={(instance) => setDialog({ kind: 'rename', instance })}
            onEditTags={(instance) => setDialog({ kind: 'tags', instance })}
          />
        )}
      </ListPanel>
      <PartBoundary onFailed={closeDialog}>
        {dialog?.kind === 'create' && <CreateInstanceDialog onClosed={closeDialog} />}
        {dialog?.kind === 'rename' && <RenameInstanceDialog instance={dialog.instance} onClosed={closeDialog} />}
        {dialog?.kind === 'tags' && <InstanceTagsDialog instance={dialog.instance} onClosed={closeDialog} />}
      </PartBoundary>
    </>
  )
}

function NoInstances({ query, create }: { query: string; create: ReactElement | false }) {
  const { instances } = useMessages()
  if (query) return <EmptyState title={instances.notFoundTitle(query)} text={instances.notFoundText} />
  if (!create) return <EmptyState title={instances.noAccessTitle} text={instances.noAccessText} />
  return <EmptyState title={instances.emptyTitle} text={instances.emptyText} action={create} />
}
