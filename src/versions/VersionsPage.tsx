import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import type { HelmChartVersion } from '../../contract/ccr/charts.ts'
import { instanceQueries } from '../api/instances.ts'
import { deleteManyVersions, fetchLatest, openFile, openZip, versionQueries } from '../api/versions.ts'
import { loadUploadDialog, UploadHost } from '../charts/UploadHost.tsx'
import { useConnection } from '../connect/use-connection.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useMay } from '../session/use-may.ts'
import { DeleteSelected } from '../ui/DeleteSelected.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { ListPanel } from '../ui/ListPanel.tsx'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useVisibleSelection } from '../ui/use-visible-selection.ts'
import { consoleDownloads } from './console-downloads.ts'
import { NoVersions } from './NoVersions.tsx'
import { useChartAddress } from './use-chart-address.ts'
import styles from './VersionsPage.module.css'
import { VersionsTable } from './VersionsTable.tsx'
import { versionListFilters, versionListParams } from './version-filters.ts'

const versionOf = ({ version }: HelmChartVersion) => version

/** Lists the versions of a chart. The URL holds the list's state. */
export function VersionsPage(): ReactElement {
  const at = useChartAddress()
  const { versions, charts } = useMessages()
  const may = useMay()
  const mayPush = may('push', at)
  const mayDelete = may('delete', at)
  const client = useQueryClient()
  const navigate = useNavigate()
  const [view, setView] = useListSearchParams(versionListParams, 'versions')
  const query = useQuery(versionQueries.list(at, versionListFilters(view)))
  const rows = query.data?.items ?? []
  const summaries = useQuery(versionQueries.summaries(at, rows.map(versionOf)))
  const references = useQuery(versionQueries.references(at, rows.map(versionOf)))
  const { open: openConnection } = useConnection()
  const selection = useVisibleSelection(rows, versionOf)
  const confirmDeletion = useConfirmDeletion()
  // What to invalidate depends on the remaining versions, see below.
  const deletion = useMutation({
    mutationFn: (deleted: readonly string[]) => deleteManyVersions(at, deleted),
    meta: { errorShown: true },
  })

  const setUpload = (upload: boolean) => setView({ upload, page: view.page })

  async function askToDelete(deleted: readonly string[]) {
    const isAll = view.q === '' && view.prereleases && deleted.length === query.data?.total
    const confirmed = await confirmDeletion({
      title: versions.confirmDeletion(deleted.length),
      names: deleted.map((version) => `${at.chart} ${version}`),
      note: isAll && versions.lastVersions,
      typeToConfirm: deleted.length > 1 ? at.chart : undefined,
      onConfirm: async () => {
        await deletion.mutateAsync(deleted)
        // Before refetching: a chart without versions has no page, so leave it first. If this request fails, the
        // deletion has succeeded nevertheless.
        const latest = await fetchLatest(at).catch(() => undefined)
        if (latest === null) {
          await navigate(paths.charts(at.instanceId, at.namespace), { replace: true })
          client.removeQueries({ queryKey: versionQueries.all(at) })
          showSuccess(versions.chartGone(at.chart))
        }
        await client.invalidateQueries({ queryKey: instanceQueries.detail(at.instanceId).queryKey })
      },
    })
    if (confirmed) selection.clear()
  }

  function downloadChosen() {
    const { ids } = selection
    consoleDownloads.start({
      fileName: `${at.chart}-versions.zip`,
      versions: ids.length,
      signed: ids.some((version) => summaries.data?.get(version)?.signed),
      open: (signal) => openZip(at, ids, signal),
    })
  }

  const download = (fileName: string) =>
    consoleDownloads.start({ fileName, versions: 1, signed: false, open: (signal) => openFile(at, fileName, signal) })

  return (
    <>
      <ListPanel
        label={versions.list}
        search={versions.search}
        filters={
          <span className={styles.prereleases}>
            <Switch
              id="prereleases"
              size="small"
              checked={view.prereleases}
              onChange={(prereleases) => setView({ prereleases })}
            />
            <label htmlFor="prereleases">{versions.prereleases}</label>
          </span>
        }
        actions={
          mayPush && (
            <Button
              type="primary"
              icon={<UploadOutlined aria-hidden />}
              title={charts.uploadKey}
              aria-keyshortcuts="u"
              onPointerEnter={() => void loadUploadDialog()}
              onClick={() => setUpload(true)}
            >
              {versions.upload}
            </Button>
          )
        }
        view={view}
        setView={setView}
        query={query}
        rowQueries={[summaries, references]}
        rowsOf={(page) => page.items}
        selection={selection}
        selectionActions={
          <>
            <Button size="small" icon={<DownloadOutlined aria-hidden />} onClick={downloadChosen}>
              {versions.downloadMany}
            </Button>
            {mayDelete && (
              <DeleteSelected label={versions.deleteSelected} onClick={() => void askToDelete(selection.ids)} />
            )}
          </>
        }
        empty={<NoVersions view={view} setView={setView} />}
      >
        {(page) => (
          <VersionsTable
            at={at}
            page={page}
            summaries={summaries.data}
            references={references.data}
            summariesError={summaries.data ? null : summaries.error}
            view={view}
            setView={setView}
            selection={selection}
            stale={query.isPlaceholderData}
            onConnect={openConnection}
            onDownload={download}
            onDelete={mayDelete ? (version) => void askToDelete([version]) : undefined}
          />
        )}
      </ListPanel>
      {mayPush && (
        <UploadHost
          open={view.upload}
          instanceId={at.instanceId}
          namespace={at.namespace}
          fixed
          onOpen={() => setUpload(true)}
          onClose={() => setUpload(false)}
        />
      )}
    </>
  )
}
