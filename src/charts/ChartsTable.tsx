import { Button, Grid, Table, type TableColumnsType } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { CHART_ORDERS } from '../../contract/ccr/charts.ts'
import type { InstanceChart } from '../../contract/console/charts.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { formatNumber, formatTime } from '../ui/format.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { tablePaging } from '../ui/table-paging.ts'
import { rowSelection } from '../ui/table-selection.ts'
import { sortable, sortingOf } from '../ui/table-sorting.ts'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VisibleSelection } from '../ui/use-visible-selection.ts'
import { Badge } from './Badge.tsx'
import { ChartIcon } from './ChartIcon.tsx'
import type { ChartListParams, chartListParams } from './chart-filters.ts'
import { chartKey } from './chart-key.ts'

/** A page of charts. On a narrow screen what a column would say stands below the name. */
export function ChartsTable({
  instanceId,
  page,
  view,
  setView,
  selection,
  stale,
  onDelete,
}: {
  instanceId: string
  page: { total: number; items: InstanceChart[] }
  view: ChartListParams
  setView: SetListParams<typeof chartListParams>
  selection: VisibleSelection<InstanceChart>
  /** The rows are those of the view before; the ones asked for are on their way. */
  stale: boolean
  onDelete: (chart: InstanceChart) => void
}): ReactElement {
  const { charts, common } = useMessages()
  const { md: wide = true } = Grid.useBreakpoint()
  const allNamespaces = view.namespace === undefined

  const columns: TableColumnsType<InstanceChart> = [
    {
      title: charts.chart,
      dataIndex: 'name',
      ...sortable('name', view),
      render: (_, chart) => (
        <div className="chart-cell">
          <ChartIcon name={chart.name} icon={chart.icon} />
          <div className="chart-cell-text">
            <span className="chart-cell-name">
              <Link to={paths.versions({ instanceId, namespace: chart.namespace, chart: chart.name })}>
                <MatchedText text={chart.name} query={view.q} />
              </Link>
              {chart.deprecated && <Badge tone="attention">{charts.deprecated}</Badge>}
            </span>
            {!wide && (
              <span className="cell-note">
                {allNamespaces && `${chart.namespace} · `}
                {chart.latestVersion} · {charts.versionCount(chart.totalVersions)}
              </span>
            )}
          </div>
        </div>
      ),
    },
    {
      title: charts.namespace,
      dataIndex: 'namespace',
      responsive: ['md'],
      render: (namespace: string) => <Link to={paths.charts(instanceId, namespace)}>{namespace}</Link>,
    },
    {
      title: charts.versions,
      dataIndex: 'totalVersions',
      align: 'end',
      responsive: ['md'],
      ...sortable('versions', view),
      render: (number: number) => formatNumber(number),
    },
    {
      title: charts.latestVersion,
      dataIndex: 'latestVersion',
      responsive: ['md'],
      render: (version: string) => <span className="version-text">{version}</span>,
    },
    {
      title: common.created,
      dataIndex: 'created',
      responsive: ['xl'],
      className: 'cell-nowrap',
      ...sortable('created', view),
      render: (time: string) => formatTime(time),
    },
    {
      title: common.updated,
      dataIndex: 'updated',
      responsive: ['lg'],
      className: 'cell-nowrap',
      ...sortable('updated', view),
      render: (time: string) => formatTime(time),
    },
    {
      title: common.operation,
      key: 'operation',
      width: 92,
      render: (_, chart) => (
        <div className="row-actions">
          <Button type="link" danger aria-label={charts.deleteChart(chart.name)} onClick={() => onDelete(chart)}>
            {common.delete}
          </Button>
        </div>
      ),
    },
  ]

  return (
    <Table<InstanceChart>
      rowKey={chartKey}
      size="middle"
      columns={
        allNamespaces
          ? columns
          : columns.filter((column) => !('dataIndex' in column) || column.dataIndex !== 'namespace')
      }
      dataSource={page.items}
      loading={stale && { delay: 200 }}
      showSorterTooltip={{ target: 'sorter-icon' }}
      rowSelection={rowSelection({
        selected: selection.ids,
        onChange: selection.select,
        nameOf: (chart) => chart.name,
      })}
      pagination={tablePaging({
        page: view.page,
        size: view.size,
        total: page.total,
        onChange: (number, size) => setView({ page: size === view.size ? number : 1, size }),
      })}
      onChange={(_page, _filters, sorter, { action }) => {
        if (action === 'sort') setView(sortingOf(sorter, CHART_ORDERS))
      }}
    />
  )
}
