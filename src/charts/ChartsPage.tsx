import { DeleteOutlined, ReloadOutlined, UploadOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { InstanceChart } from '../../contract/console/charts.ts'
import { ApiError } from '../api/api-error.ts'
import { chartQueries, deleteManyCharts } from '../api/charts.ts'
import { instanceQueries } from '../api/instances.ts'
import { ConnectButton } from '../connect/ConnectButton.tsx'
import { ConnectHost } from '../connect/ConnectHost.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { PastTheEnd } from '../ui/PastTheEnd.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import { SearchInput } from '../ui/SearchInput.tsx'
import { SelectionBar } from '../ui/SelectionBar.tsx'
import { lastPage } from '../ui/table-paging.ts'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useVisibleSelection } from '../ui/use-visible-selection.ts'
import { ChartsTable } from './ChartsTable.tsx'
import { chartListFilters, chartListParams } from './chart-filters.ts'
import { chartKey } from './chart-key.ts'
import { NamespaceSelect } from './NamespaceSelect.tsx'
import { NoCharts } from './NoCharts.tsx'
import { loadUploadDialog, UploadHost } from './UploadHost.tsx'

/** The charts of a namespace, or of all namespaces of an instance. All of the view is in the address. */
export function ChartsPage(): ReactElement {
  const instanceId = useInstanceId()
  const { charts, common, layout } = useMessages()
  const [view, setView] = useListSearchParams(chartListParams)
  const instance = useQuery(instanceQueries.detail(instanceId))
  const query = useQuery(chartQueries.list(instanceId, chartListFilters(view)))
  const isGone = view.namespace !== undefined && query.error instanceof ApiError && query.error.status === 404
  const rows = query.data?.items ?? []
  const selection = useVisibleSelection(rows, chartKey)
  const confirmDeletion = useConfirmDeletion()
  const deletion = useMutation({
    mutationFn: (gone: readonly InstanceChart[]) => deleteManyCharts(instanceId, gone),
    meta: { invalidates: [instanceQueries.detail(instanceId).queryKey], errorShown: true },
  })

  const setUpload = (upload: boolean) => setView({ upload, page: view.page })

  async function askToDelete(gone: readonly InstanceChart[]) {
    const versions = gone.reduce((sum, chart) => sum + chart.totalVersions, 0)
    const confirmed = await confirmDeletion({
      title: charts.confirmDeletion(gone.length),
      names: gone.map(({ namespace, name }) => (view.namespace ? name : `${namespace} / ${name}`)),
      note: charts.versionsGoToo(versions),
      onConfirm: () => deletion.mutateAsync(gone),
    })
    if (confirmed) selection.clear()
  }

  return (
    <>
      <PageHeader
        title={charts.title}
        breadcrumb={[
          { title: layout.instances, to: paths.instances() },
          { title: instance.data?.info.name ?? instanceId, to: paths.instance(instanceId) },
          { title: charts.title },
        ]}
        extra={
          <>
            {view.namespace && <ConnectButton />}
            <Button
              type="primary"
              icon={<UploadOutlined aria-hidden />}
              title={charts.uploadKey}
              aria-keyshortcuts="u"
              onPointerEnter={() => void loadUploadDialog()}
              onClick={() => setUpload(true)}
            >
              {charts.upload}
            </Button>
          </>
        }
      />
      <section className="panel" aria-label={charts.list}>
        <div className="toolbar">
          <NamespaceSelect
            all
            className="namespace-filter"
            aria-label={charts.namespace}
            instanceId={instanceId}
            value={view.namespace}
            onChange={(namespace) => setView({ namespace })}
          />
          <SearchInput label={charts.search} value={view.q} onSearch={(q) => setView({ q }, 'typing')} />
          <div className="toolbar-end">
            <Button
              icon={<ReloadOutlined aria-hidden spin={query.isFetching} />}
              aria-label={common.refresh}
              title={common.refresh}
              onClick={() => void query.refetch()}
            />
          </div>
        </div>
        <SelectionBar count={selection.ids.length} onClear={selection.clear}>
          <Button
            danger
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            onClick={() => void askToDelete(selection.rows)}
          >
            {charts.deleteSelected}
          </Button>
        </SelectionBar>
        {isGone ? (
          <EmptyState
            title={charts.namespaceGoneTitle(view.namespace)}
            text={charts.namespaceGoneText}
            action={<Button onClick={() => setView({ namespace: undefined })}>{charts.allNamespaces}</Button>}
          />
        ) : (
          <QueryState query={query}>
            {(page) =>
              page.items.length > 0 ? (
                <ChartsTable
                  instanceId={instanceId}
                  page={page}
                  view={view}
                  setView={setView}
                  selection={selection}
                  stale={query.isPlaceholderData}
                  onDelete={(chart) => void askToDelete([chart])}
                />
              ) : page.total > 0 ? (
                <PastTheEnd last={lastPage(page.total, view.size)} onGo={(last) => setView({ page: last }, 'typing')} />
              ) : (
                <NoCharts instanceId={instanceId} view={view} setView={setView} onUpload={() => setUpload(true)} />
              )
            }
          </QueryState>
        )}
      </section>
      {view.namespace && <ConnectHost instanceId={instanceId} namespace={view.namespace} />}
      <UploadHost
        open={view.upload}
        instanceId={instanceId}
        namespace={view.namespace}
        onOpen={() => setUpload(true)}
        onClose={() => setUpload(false)}
      />
    </>
  )
}
