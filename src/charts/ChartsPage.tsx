import { UploadOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { InstanceChart } from '../../contract/console/charts.ts'
import { chartQueries, deleteManyCharts } from '../api/charts.ts'
import { instanceQueries } from '../api/instances.ts'
import { ConnectButton } from '../connect/ConnectButton.tsx'
import { ConnectHost } from '../connect/ConnectHost.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { InstancePageHeader } from '../instances/InstancePageHeader.tsx'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { useMay, useMaySomewhere } from '../session/use-may.ts'
import { DeleteSelected } from '../ui/DeleteSelected.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useVisibleSelection } from '../ui/use-visible-selection.ts'
import { ChartsTable } from './ChartsTable.tsx'
import { chartListFilters, chartListParams } from './chart-filters.ts'
import { chartKey } from './chart-key.ts'
import { NamespaceFilter } from './NamespaceFilter.tsx'
import { NoCharts } from './NoCharts.tsx'
import { loadUploadDialog, UploadHost } from './UploadHost.tsx'

/** Lists the charts of a namespace, or of all namespaces of an instance. The URL holds the list's state. */
export function ChartsPage(): ReactElement {
  const instanceId = useInstanceId()
  const { charts } = useMessages()
  const may = useMay()
  const maySomewhere = useMaySomewhere()
  const [view, setView] = useListSearchParams(chartListParams, 'charts')
  const query = useQuery(chartQueries.list(instanceId, chartListFilters(view)))
  const selection = useVisibleSelection(query.data?.items ?? [], chartKey)
  const confirmDeletion = useConfirmDeletion()
  const deletion = useMutation({
    mutationFn: (targets: readonly InstanceChart[]) => deleteManyCharts(instanceId, targets),
    meta: { invalidates: [instanceQueries.detail(instanceId).queryKey], errorShown: true },
  })

  const mayPush = view.namespace
    ? may('push', { instanceId, namespace: view.namespace })
    : maySomewhere('push', instanceId)
  const mayDelete = ({ namespace }: InstanceChart) => may('delete', { instanceId, namespace })
  const setUpload = (upload: boolean) => setView({ upload, page: view.page })

  async function askToDelete(targets: readonly InstanceChart[]) {
    const versions = targets.reduce((sum, chart) => sum + chart.totalVersions, 0)
    const confirmed = await confirmDeletion({
      title: charts.confirmDeletion(targets.length),
      names: targets.map(({ namespace, name }) => (view.namespace ? name : `${namespace} / ${name}`)),
      note: charts.versionsDeletedToo(versions),
      typeToConfirm: versions > 1 ? targets[0]?.name : undefined,
      onConfirm: () => deletion.mutateAsync(targets),
    })
    if (confirmed) selection.clear()
  }

  return (
    <>
      <InstancePageHeader
        instanceId={instanceId}
        title={charts.title}
        extra={
          <>
            {view.namespace && <ConnectButton />}
            {mayPush && (
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
            )}
          </>
        }
      />
      <ListPanel
        label={charts.list}
        scope={
          <NamespaceFilter
            instanceId={instanceId}
            value={view.namespace}
            onChange={(namespace) => setView({ namespace })}
          />
        }
        search={charts.search}
        view={view}
        setView={setView}
        query={query}
        rowsOf={(page) => page.items}
        selection={selection}
        selectionActions={
          selection.rows.every(mayDelete) && (
            <DeleteSelected label={charts.deleteSelected} onClick={() => void askToDelete(selection.rows)} />
          )
        }
        empty={
          <NoCharts
            instanceId={instanceId}
            view={view}
            setView={setView}
            onUpload={mayPush ? () => setUpload(true) : undefined}
          />
        }
        missing={
          view.namespace && (
            <EmptyState
              title={charts.namespaceNotFoundTitle(view.namespace)}
              text={charts.namespaceNotFoundText}
              action={<Button onClick={() => setView({ namespace: undefined })}>{charts.allNamespaces}</Button>}
            />
          )
        }
      >
        {(page) => (
          <ChartsTable
            instanceId={instanceId}
            page={page}
            view={view}
            setView={setView}
            selection={selection}
            stale={query.isPlaceholderData}
            mayDelete={mayDelete}
            onDelete={(chart) => void askToDelete([chart])}
          />
        )}
      </ListPanel>
      {view.namespace && <ConnectHost instanceId={instanceId} namespace={view.namespace} />}
      {mayPush && (
        <UploadHost
          open={view.upload}
          instanceId={instanceId}
          namespace={view.namespace}
          onOpen={() => setUpload(true)}
          onClose={() => setUpload(false)}
        />
      )}
    </>
  )
}
