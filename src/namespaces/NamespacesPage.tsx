import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Project } from '../../contract/ccr/namespaces.ts'
import { instanceQueries } from '../api/instances.ts'
import { namespaceQueries, removeNamespaces } from '../api/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { InstancePageHeader } from '../instances/InstancePageHeader.tsx'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { useMay } from '../session/use-may.ts'
import { DeleteSelected } from '../ui/DeleteSelected.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useVisibleSelection } from '../ui/use-visible-selection.ts'
import type { NamespaceChange } from './NamespaceSettingDialog.tsx'
import { NamespacesTable } from './NamespacesTable.tsx'
import { namespaceListParams, namespaceListQuery } from './namespace-list-params.ts'

const CreateNamespaceDialog = lazyPart(async () => (await import('./CreateNamespaceDialog.tsx')).CreateNamespaceDialog)
const NamespaceSettingDialog = lazyPart(
  async () => (await import('./NamespaceSettingDialog.tsx')).NamespaceSettingDialog,
)

/** Lists the namespaces of an instance. */
export function NamespacesPage(): ReactElement {
  const { namespaces } = useMessages()
  const instanceId = useInstanceId()
  const may = useMay()
  const [view, setView] = useListSearchParams(namespaceListParams, 'namespaces')
  const [dialog, setDialog] = useState<'create' | NamespaceChange | null>(null)
  const query = useQuery(namespaceQueries.list(instanceId, namespaceListQuery(view)))
  const summaries = useQuery(namespaceQueries.policies(instanceId, (query.data?.projects ?? []).map(nameOf)))
  const selection = useVisibleSelection(query.data?.projects ?? [], nameOf)
  const confirmDeletion = useConfirmDeletion()
  const remove = useMutation({
    mutationFn: (names: string[]) => removeNamespaces(instanceId, names),
    meta: { errorShown: true, invalidates: [instanceQueries.detail(instanceId).queryKey] },
  })

  async function askAndDelete(names: string[]) {
    const deleted = await confirmDeletion({
      title: namespaces.deleteTitle(names.length),
      names,
      note: namespaces.deleteNote,
      onConfirm: () => remove.mutateAsync(names),
    })
    if (deleted) selection.clear()
  }

  const mayChange = (namespace?: string) => may('change', { instanceId, namespace })

  const createButton = mayChange() && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog('create')}>
      {namespaces.create}
    </Button>
  )

  return (
    <>
      <InstancePageHeader
        instanceId={instanceId}
        title={namespaces.title}
        description={namespaces.lead}
        extra={createButton}
      />
      <ListPanel
        label={namespaces.listLabel}
        search={namespaces.searchLabel}
        view={view}
        setView={setView}
        query={query}
        rowQueries={[summaries]}
        rowsOf={(list) => list.projects}
        selection={selection}
        selectionActions={
          selection.ids.every(mayChange) && (
            <DeleteSelected label={namespaces.deleteSelected} onClick={() => void askAndDelete(selection.ids)} />
          )
        }
        empty={<NoNamespaces query={view.q} create={createButton} />}
      >
        {(list) => (
          <NamespacesTable
            instanceId={instanceId}
            list={list}
            summaries={summaries.data}
            view={view}
            setView={setView}
            stale={query.isPlaceholderData}
            selection={selection}
            mayChange={mayChange}
            onDelete={(name) => void askAndDelete([name])}
            onChange={setDialog}
          />
        )}
      </ListPanel>
      <PartBoundary onFailed={() => setDialog(null)}>
        {dialog === 'create' ? (
          <CreateNamespaceDialog instanceId={instanceId} onClosed={() => setDialog(null)} />
        ) : (
          dialog && <NamespaceSettingDialog instanceId={instanceId} change={dialog} onClosed={() => setDialog(null)} />
        )}
      </PartBoundary>
    </>
  )
}

function NoNamespaces({ query, create }: { query: string; create: ReactElement | false }) {
  const { namespaces } = useMessages()
  if (query) return <EmptyState title={namespaces.notFoundTitle(query)} text={namespaces.notFoundText} />
  if (!create) return <EmptyState title={namespaces.emptyTitle} text={namespaces.emptyForReaderText} />
  return <EmptyState title={namespaces.emptyTitle} text={namespaces.emptyText} action={create} />
}

function nameOf(namespace: Project) {
  return namespace.projectName
}
