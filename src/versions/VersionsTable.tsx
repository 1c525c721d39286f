import { SafetyCertificateOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Grid, Table, type TableColumnsType } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { isPrerelease } from '../../chart/version.ts'
import { type HelmChartVersion, VERSION_ORDERS } from '../../contract/ccr/charts.ts'
import type { VersionFacts } from '../../contract/console/versions.ts'
import { versionQueries } from '../api/versions.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { type ChartAddress, paths } from '../paths.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { formatBytes, formatTime, shortDigest } from '../ui/format.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { tablePaging } from '../ui/table-paging.ts'
import { rowSelection } from '../ui/table-selection.ts'
import { sortable, sortingOf } from '../ui/table-sorting.ts'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VisibleSelection } from '../ui/use-visible-selection.ts'
import type { VersionListParams, versionListParams } from './version-filters.ts'

/** A page of a chart's versions. `facts` come later than the rows, or not at all: then they are dashes. */
export function VersionsTable({
  at,
  page,
  facts,
  factsError,
  view,
  setView,
  selection,
  stale,
  onDownload,
  onDelete,
}: {
  at: ChartAddress
  page: { total: number; items: HelmChartVersion[] }
  facts: ReadonlyMap<string, VersionFacts> | undefined
  factsError: Error | null
  view: VersionListParams
  setView: SetListParams<typeof versionListParams>
  selection: VisibleSelection<HelmChartVersion>
  /** The rows are those of the view before; the ones asked for are on their way. */
  stale: boolean
  onDownload: (fileName: string) => void
  onDelete: (version: string) => void
}): ReactElement {
  const { versions, common } = useMessages()
  const { md: wide = true, xxl: widest = false } = Grid.useBreakpoint()
  const newest = useQuery(versionQueries.newest(at)).data?.version
  const sizeOf = (version: string) => {
    const size = facts?.get(version)?.size
    return size === undefined ? common.none : formatBytes(size)
  }

  const columns: TableColumnsType<HelmChartVersion> = [
    {
      title: versions.version,
      dataIndex: 'version',
      ...sortable('version', view),
      render: (version: string, row) => (
        <div className="version-cell">
          <span className="version-name">
            <Link className="version-text" to={`${paths.information(at)}?version=${encodeURIComponent(version)}`}>
              <MatchedText text={version} query={view.q} />
            </Link>
            {version === newest && <Badge tone="good">{versions.latest}</Badge>}
            {isPrerelease(version) && <Badge>{versions.prerelease}</Badge>}
          </span>
          {!wide && (
            <span className="cell-note">
              {sizeOf(version)} · {formatTime(row.created)}
            </span>
          )}
        </div>
      ),
    },
    {
      title: versions.appVersion,
      dataIndex: 'appVersion',
      responsive: ['lg'],
      render: (version: string) => version || common.none,
    },
    {
      title: versions.size,
      dataIndex: 'version',
      key: 'size',
      align: 'end',
      responsive: ['md'],
      className: 'cell-nowrap',
      render: sizeOf,
    },
    {
      title: versions.digest,
      dataIndex: 'digest',
      responsive: ['xl'],
      className: 'cell-nowrap',
      render: (digest: string, { version }) => (
        <>
          <code title={digest}>{shortDigest(digest)}</code>
          <CopyButton text={digest} label={versions.copyDigest(version)} />
        </>
      ),
    },
    {
      title: versions.signed,
      dataIndex: 'version',
      key: 'signed',
      responsive: ['md'],
      className: 'cell-nowrap',
      render: (version: string) => {
        const signed = facts?.get(version)?.signed
        if (!signed) return <span className="cell-quiet">{signed === undefined ? common.none : versions.signedNo}</span>
        return (
          <>
            <SafetyCertificateOutlined className="tone-success" aria-hidden /> {versions.signedYes}
          </>
        )
      },
    },
    {
      title: versions.pushed,
      dataIndex: 'created',
      responsive: ['md'],
      className: 'cell-nowrap',
      ...sortable('created', view),
      render: (time: string, { version }) => {
        const known = facts?.get(version)
        return (
          <div className="version-cell">
            {formatTime(time)}
            {!widest && known && <span className="cell-note">{versions.byWhom(known.pushedBy)}</span>}
          </div>
        )
      },
    },
    {
      title: versions.pushedBy,
      dataIndex: 'version',
      key: 'by',
      responsive: ['xxl'],
      render: (version: string) => {
        const known = facts?.get(version)
        return known ? <span title={versions.doors[known.door]}>{known.pushedBy}</span> : common.none
      },
    },
    {
      title: common.operation,
      key: 'operation',
      render: (_, { version, urls: [fileName = ''] }) => (
        <div className="row-actions cell-nowrap">
          <Button type="link" aria-label={versions.downloadFile(fileName)} onClick={() => onDownload(fileName)}>
            {common.download}
          </Button>
          {facts?.get(version)?.signed && (
            <Button
              type="link"
              aria-label={versions.downloadFile(`${fileName}.prov`)}
              title={versions.provenance}
              onClick={() => onDownload(`${fileName}.prov`)}
            >
              .prov
            </Button>
          )}
          <Button
            type="link"
            danger
            aria-label={versions.deleteVersion(at.chart, version)}
            onClick={() => onDelete(version)}
          >
            {common.delete}
          </Button>
        </div>
      ),
    },
  ]

  return (
    <>
      <Table<HelmChartVersion>
        rowKey="version"
        size="middle"
        columns={columns}
        dataSource={page.items}
        loading={stale && { delay: 200 }}
        showSorterTooltip={{ target: 'sorter-icon' }}
        rowSelection={rowSelection({
          selected: selection.ids,
          onChange: selection.select,
          nameOf: ({ version }) => version,
        })}
        pagination={tablePaging({
          page: view.page,
          size: view.size,
          total: page.total,
          onChange: (number, size) => setView({ page: size === view.size ? number : 1, size }),
        })}
        onChange={(_page, _filters, sorter, { action }) => {
          if (action === 'sort') setView(sortingOf(sorter, VERSION_ORDERS))
        }}
      />
      {factsError && (
        <p className="table-note" role="status">
          {versions.factsFailed} {factsError.message}
        </p>
      )}
    </>
  )
}
