import { DeleteOutlined, PlusOutlined, ReloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { Project } from '../../contract/ccr/namespaces.ts'
import { instanceQueries } from '../api/instances.ts'
import { namespaceQueries, removeNamespaces } from '../api/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { PastTheEnd } from '../ui/PastTheEnd.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import { SearchInput } from '../ui/SearchInput.tsx'
import { SelectionBar } from '../ui/SelectionBar.tsx'
import { lastPage, pageAfterDeletion } from '../ui/table-paging.ts'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useVisibleSelection } from '../ui/use-visible-selection.ts'
import { NamespacesTable } from './NamespacesTable.tsx'
import { namespaceListParams, namespaceListQuery } from './namespace-list-params.ts'

const CreateNamespaceDialog = lazy(async () => ({
  default: (await import('./CreateNamespaceDialog.tsx')).CreateNamespaceDialog,
}))
const NamespaceAccessDialog = lazy(async () => ({
  default: (await import('./NamespaceAccessDialog.tsx')).NamespaceAccessDialog,
}))

type OpenDialog = { kind: 'create' } | { kind: 'access'; namespace: Project }

/** The namespaces of an instance. */
export function NamespacesPage(): ReactElement {
  const { common, layout, namespaces } = useMessages()
  const instanceId = useInstanceId()
  const [params, setParams] = useListSearchParams(namespaceListParams)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const instance = useQuery(instanceQueries.detail(instanceId))
  const list = useQuery(namespaceQueries.list(instanceId, namespaceListQuery(params)))
  const selection = useVisibleSelection(list.data?.projects ?? [], nameOf)
  const confirmDeletion = useConfirmDeletion()
  const remove = useMutation({
    mutationFn: (names: string[]) => removeNamespaces(instanceId, names),
    meta: { errorShown: true, invalidates: [instanceQueries.detail(instanceId).queryKey] },
  })

  async function askAndDelete(names: string[]) {
    const shown = list.data?.projects.length ?? 0
    const deleted = await confirmDeletion({
      title: namespaces.deleteTitle(names.length),
      names,
      note: namespaces.deleteNote,
      onConfirm: () => remove.mutateAsync(names),
    })
    if (!deleted) return
    selection.clear()
    const page = pageAfterDeletion(params.page, shown, names.length)
    if (page !== params.page) setParams({ page })
  }

  const createButton = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog({ kind: 'create' })}>
      {namespaces.create}
    </Button>
  )

  return (
    <>
      <PageHeader
        title={namespaces.title}
        description={namespaces.lead}
        breadcrumb={[
          { title: layout.instances, to: paths.instances() },
          { title: instance.data?.info.name ?? instanceId, to: paths.instance(instanceId) },
          { title: namespaces.title },
        ]}
        extra={createButton}
      />
      <section className="panel" aria-label={namespaces.listLabel}>
        <div className="toolbar">
          <SearchInput label={namespaces.searchLabel} value={params.q} onSearch={(q) => setParams({ q }, 'typing')} />
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
        <SelectionBar count={selection.ids.length} onClear={selection.clear}>
          <Button
            danger
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            onClick={() => void askAndDelete(selection.ids)}
          >
            {namespaces.deleteSelected}
          </Button>
        </SelectionBar>
        <QueryState query={list}>
          {(data) =>
            data.total === 0 ? (
              <NoNamespaces query={params.q} create={createButton} />
            ) : data.projects.length === 0 ? (
              <PastTheEnd last={lastPage(data.total, data.pageSize)} onGo={(page) => setParams({ page }, 'typing')} />
            ) : (
              <NamespacesTable
                instanceId={instanceId}
                list={data}
                params={params}
                stale={list.isPlaceholderData}
                selection={selection}
                onParams={setParams}
                onDelete={(name) => void askAndDelete([name])}
                onChangeAccess={(namespace) => setDialog({ kind: 'access', namespace })}
              />
            )
          }
        </QueryState>
      </section>
      <Suspense>
        {dialog?.kind === 'create' && (
          <CreateNamespaceDialog instanceId={instanceId} onClosed={() => setDialog(null)} />
        )}
        {dialog?.kind === 'access' && (
          <NamespaceAccessDialog
            instanceId={instanceId}
            namespace={dialog.namespace}
            onClosed={() => setDialog(null)}
          />
        )}
      </Suspense>
    </>
  )
}

function NoNamespaces({ query, create }: { query: string; create: ReactElement }) {
  const { namespaces } = useMessages()
  if (query) return <EmptyState title={namespaces.notFoundTitle(query)} text={namespaces.notFoundText} />
  return <EmptyState title={namespaces.emptyTitle} text={namespaces.emptyText} action={create} />
}

function nameOf(namespace: Project) {
  return namespace.projectName
}
