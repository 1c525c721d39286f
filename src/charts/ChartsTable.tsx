import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { isPrerelease } from '../../chart/version.ts'
import type { CHART_ORDERS } from '../../contract/ccr/charts.ts'
import type { InstanceChart } from '../../contract/console/charts.ts'
import { chartQueries } from '../api/charts.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { Clipped } from '../ui/Clipped.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatNumber, formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import { MatchedText } from '../ui/MatchedText.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VisibleSelection } from '../ui/use-visible-selection.ts'
import { Badge } from './Badge.tsx'
import { ChartIcon } from './ChartIcon.tsx'
import styles from './ChartsTable.module.css'
import type { ChartListParams, chartListParams } from './chart-filters.ts'
import { chartKey } from './chart-key.ts'

/** Table of charts. On narrow screens the values of hidden columns appear below the name. */
export function ChartsTable({
  instanceId,
  page,
  view,
  setView,
  selection,
  stale,
  mayDelete,
  onDelete,
}: {
  instanceId: string
  page: { total: number; items: InstanceChart[] }
  view: ChartListParams
  setView: SetListParams<typeof chartListParams>
  selection: VisibleSelection<InstanceChart>
  stale: boolean
  mayDelete: (chart: InstanceChart) => boolean
  onDelete: (chart: InstanceChart) => void
}): ReactElement {
  const { charts, common, versions } = useMessages()
  // The list has each chart's highest version. The highest stable one is fetched only where that is a pre-release.
  const prereleases = page.items.filter(({ latestVersion }) => isPrerelease(latestVersion)).map(chartKey)
  const stable = useQuery(chartQueries.stableVersions(instanceId, prereleases)).data
  const latestOf = (chart: InstanceChart) =>
    isPrerelease(chart.latestVersion) ? stable?.get(chartKey(chart)) : chart.latestVersion
  const mayDeleteAny = page.items.some(mayDelete)
  const allNamespaces = view.namespace === undefined

  const namespace: ListColumn<InstanceChart, (typeof CHART_ORDERS)[number]> = {
    key: 'namespace',
    title: charts.namespace,
    from: 'medium',
    render: (chart) => (
      <Link to={paths.charts(instanceId, chart.namespace)}>
        <Clipped text={chart.namespace} column />
      </Link>
    ),
  }
  const operation: ListColumn<InstanceChart> = {
    key: 'operation',
    actions: true,
    title: common.operation,
    render: (chart) =>
      mayDelete(chart) && (
        <div className={cellsStyles.rowActions}>
          <RowAction danger aria-label={charts.deleteChart(chart.name)} onClick={() => onDelete(chart)}>
            {common.delete}
          </RowAction>
        </div>
      ),
  }
  const columns: ListColumn<InstanceChart, (typeof CHART_ORDERS)[number]>[] = [
    {
      key: 'name',
      title: charts.chart,
      order: 'name',
      render: (chart) => (
        <div className={styles.cell}>
          <ChartIcon name={chart.name} icon={chart.icon} />
          <div className={styles.text}>
            <span className={styles.name}>
              <Link to={paths.versions({ instanceId, namespace: chart.namespace, chart: chart.name })}>
                <Clipped text={chart.name}>
                  <MatchedText text={chart.name} query={view.q} />
                </Clipped>
              </Link>
              {chart.deprecated && <Badge tone="attention">{charts.deprecated}</Badge>}
            </span>
            <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
              {allNamespaces && `${chart.namespace} · `}
              {latestOf(chart) ?? versions.newerPrerelease(chart.latestVersion)} ·{' '}
              {charts.versionCount(chart.totalVersions)}
            </span>
          </div>
        </div>
      ),
    },
    ...(allNamespaces ? [namespace] : []),
    {
      key: 'versions',
      title: charts.versions,
      order: 'versions',
      from: 'medium',
      align: 'end',
      render: (chart) => formatNumber(chart.totalVersions),
    },
    {
      key: 'latest',
      title: charts.latestVersion,
      from: 'medium',
      render: (chart) => {
        const latest = latestOf(chart)
        return (
          <span className={clsx(styles.latest, cellsStyles.column)}>
            {latest && (
              <span className={cellsStyles.versionText}>
                <Clipped text={latest} column />
              </span>
            )}
            {latest !== chart.latestVersion && <Badge clipped>{versions.newerPrerelease(chart.latestVersion)}</Badge>}
          </span>
        )
      },
    },
    {
      key: 'created',
      title: common.created,
      order: 'created',
      firstOrder: 'desc',
      from: 'wide',
      nowrap: true,
      render: (chart) => formatTime(chart.created),
    },
    {
      key: 'updated',
      title: common.updated,
      order: 'updated',
      firstOrder: 'desc',
      from: 'large',
      nowrap: true,
      render: (chart) => formatTime(chart.updated),
    },
    ...(mayDeleteAny ? [operation] : []),
  ]

  return (
    <ListTable
      label={charts.list}
      columns={columns}
      rows={page.items}
      rowKey={chartKey}
      nameOf={(chart) => chart.name}
      {...(mayDeleteAny && { selection })}
      sorting={view}
      onSort={setView}
      stale={stale}
      paging={{ view, setView, total: page.total }}
    />
  )
}
