import {
  DeleteOutlined,
  DownloadOutlined,
  FileProtectOutlined,
  SafetyCertificateOutlined,
  TagOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { isPrerelease } from '../../chart/version.ts'
import type { HelmChartVersion, VERSION_ORDERS } from '../../contract/ccr/charts.ts'
import type { VersionReferences } from '../../contract/console/artifacts.ts'
import type { VersionSummary } from '../../contract/console/versions.ts'
import { versionQueries } from '../api/versions.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { type ChartAddress, paths } from '../paths.ts'
import { Clipped } from '../ui/Clipped.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatBytes, formatTime, shortDigest } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import { MatchedText } from '../ui/MatchedText.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VisibleSelection } from '../ui/use-visible-selection.ts'
import visuallyHiddenStyles from '../ui/visually-hidden.module.css'
import styles from './VersionsTable.module.css'
import type { VersionListParams, versionListParams } from './version-filters.ts'

/** A page of a chart's versions. `summaries` and `references` are loaded after the rows; missing values are dashes. */
export function VersionsTable({
  at,
  page,
  summaries,
  references,
  summariesError,
  view,
  setView,
  selection,
  stale,
  onConnect,
  onDownload,
  onDelete,
}: {
  at: ChartAddress
  page: { total: number; items: HelmChartVersion[] }
  summaries: ReadonlyMap<string, VersionSummary> | undefined
  references: ReadonlyMap<string, VersionReferences> | undefined
  summariesError: Error | null
  view: VersionListParams
  setView: SetListParams<typeof versionListParams>
  selection: VisibleSelection<HelmChartVersion>
  stale: boolean
  onConnect: (version: string) => void
  onDownload: (fileName: string) => void
  /** Undefined when the user may not delete. */
  onDelete: ((version: string) => void) | undefined
}): ReactElement {
  const { versions, common, connect } = useMessages()
  const latest = useQuery(versionQueries.latest(at)).data?.latest.version
  const summaryOf = ({ version }: HelmChartVersion) => summaries?.get(version)
  const sizeOf = (row: HelmChartVersion) => {
    const size = summaryOf(row)?.size
    return size === undefined ? common.none : formatBytes(size)
  }

  const columns: ListColumn<HelmChartVersion, (typeof VERSION_ORDERS)[number]>[] = [
    {
      key: 'version',
      title: versions.version,
      order: 'version',
      render: (row) => (
        <div className={styles.cell}>
          <span className={styles.name}>
            <Link className={cellsStyles.versionText} to={paths.information(at, row.version)}>
              <Clipped text={row.version}>
                <MatchedText text={row.version} query={view.q} />
              </Clipped>
            </Link>
            {row.version === latest && !isPrerelease(latest) && <Badge tone="good">{versions.latest}</Badge>}
            {isPrerelease(row.version) && <Badge>{versions.prerelease}</Badge>}
          </span>
          <OtherTags references={references?.get(row.version)} />
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {sizeOf(row)} · {formatTime(row.created)}
          </span>
        </div>
      ),
    },
    {
      key: 'app',
      title: versions.appVersion,
      from: 'large',
      render: ({ appVersion }) => (appVersion ? <Clipped text={appVersion} column /> : common.none),
    },
    { key: 'size', title: versions.size, from: 'medium', align: 'end', nowrap: true, render: sizeOf },
    {
      key: 'digest',
      title: versions.digest,
      from: 'widest',
      nowrap: true,
      render: ({ digest, version }) => (
        <>
          <code title={digest}>{shortDigest(digest)}</code>
          <CopyButton text={digest} label={versions.copyDigest(version)} />
        </>
      ),
    },
    {
      key: 'signed',
      title: versions.signed,
      from: 'large',
      nowrap: true,
      render: (row) => {
        const signed = summaryOf(row)?.signed
        if (!signed)
          return <span className={cellsStyles.quiet}>{signed === undefined ? common.none : versions.signedNo}</span>
        return (
          <span className={cellsStyles.quiet}>
            <SafetyCertificateOutlined aria-hidden /> {versions.signedYes}
          </span>
        )
      },
    },
    {
      key: 'pushed',
      title: versions.pushed,
      order: 'created',
      firstOrder: 'desc',
      from: 'medium',
      nowrap: true,
      render: (row) => {
        const summary = summaryOf(row)
        return (
          <>
            {formatTime(row.created)}
            {summary && (
              <span className={cellsStyles.note}>
                <span className={cellsStyles.belowWidest}>{summary.pushedBy} · </span>
                {versions.protocolNames[summary.protocol]}
              </span>
            )}
          </>
        )
      },
    },
    {
      key: 'by',
      title: versions.pushedBy,
      from: 'widest',
      render: (row) => {
        const summary = summaryOf(row)
        return summary ? <Clipped text={summary.pushedBy} column /> : common.none
      },
    },
    {
      key: 'operation',
      actions: true,
      title: common.operation,
      render: (row) => {
        const [fileName = ''] = row.urls
        return (
          <div className={clsx(cellsStyles.rowActions, styles.actions)}>
            <RowAction aria-label={connect.openVersionOf(at.chart, row.version)} onClick={() => onConnect(row.version)}>
              {connect.openVersion}
            </RowAction>
            <RowAction
              icon={<DownloadOutlined aria-hidden />}
              aria-label={versions.downloadFile(fileName)}
              onClick={() => onDownload(fileName)}
            />
            {summaryOf(row)?.signed && (
              <RowAction
                icon={<FileProtectOutlined aria-hidden />}
                aria-label={versions.downloadFile(`${fileName}.prov`)}
                onClick={() => onDownload(`${fileName}.prov`)}
              />
            )}
            {onDelete && (
              <RowAction
                danger
                icon={<DeleteOutlined aria-hidden />}
                aria-label={versions.deleteVersion(at.chart, row.version)}
                onClick={() => onDelete(row.version)}
              />
            )}
          </div>
        )
      },
    },
  ]

  return (
    <>
      <ListTable
        label={versions.list}
        columns={columns}
        rows={page.items}
        rowKey={({ version }) => version}
        nameOf={({ version }) => version}
        selection={selection}
        sorting={view}
        onSort={setView}
        stale={stale}
        paging={{ view, setView, total: page.total }}
      />
      {summariesError && (
        <p className={styles.note} role="status">
          {versions.summariesFailed} {summariesError.message}
        </p>
      )}
    </>
  )
}

/** The tags of a version, except the one that equals the version. */
function OtherTags({ references }: { references: VersionReferences | undefined }) {
  const { versions } = useMessages()
  const tags = references?.tags.filter((tag) => tag.replaceAll('_', '+') !== references.version) ?? []
  if (tags.length === 0) return null
  return (
    <span className={styles.tags}>
      <TagOutlined aria-hidden />
      <span className={visuallyHiddenStyles.visuallyHidden}>{versions.tags}</span>
      {tags.map((tag) => (
        <Badge key={tag} clipped>
          {tag}
        </Badge>
      ))}
    </span>
  )
}
