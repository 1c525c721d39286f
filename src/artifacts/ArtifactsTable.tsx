import { clsx } from 'clsx'
import { Fragment, type ReactElement } from 'react'
import type { Artifact } from '../../contract/console/artifacts.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { Clipped } from '../ui/Clipped.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatBytes, formatDate, formatNumber, formatTime, shortDigest } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import type { ListParams } from '../ui/list-search-params.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VisibleSelection } from '../ui/use-visible-selection.ts'
import styles from './ArtifactsTable.module.css'
import { artifactKey, type artifactListParams } from './artifact-list-params.ts'
import { artifactName } from './artifact-name.ts'

/** Table of artifacts. On narrow screens the values of hidden columns appear below the name. */
export function ArtifactsTable({
  page,
  view,
  setView,
  selection,
  stale,
  mayDelete,
  onDelete,
}: {
  page: { total: number; items: Artifact[] }
  view: ListParams<typeof artifactListParams>
  setView: SetListParams<typeof artifactListParams>
  selection: VisibleSelection<Artifact>
  stale: boolean
  mayDelete: (artifact: Artifact) => boolean
  onDelete: (artifact: Artifact) => void
}): ReactElement {
  const { artifacts, common } = useMessages()
  const mayDeleteAny = page.items.some(mayDelete)
  const operation: ListColumn<Artifact> = {
    key: 'operation',
    actions: true,
    title: common.operation,
    render: (artifact) =>
      mayDelete(artifact) && (
        <span className={cellsStyles.rowActions}>
          <RowAction danger aria-label={artifacts.deleteOf(artifactName(artifact))} onClick={() => onDelete(artifact)}>
            {common.delete}
          </RowAction>
        </span>
      ),
  }
  const columns: ListColumn<Artifact>[] = [
    {
      key: 'repository',
      title: artifacts.repository,
      render: (artifact) => (
        <>
          <span className={styles.name}>
            <Clipped text={`${artifact.namespace}/${artifact.name}`}>
              <MatchedText text={`${artifact.namespace}/${artifact.name}`} query={view.q} />
            </Clipped>
          </span>
          <div className={cellsStyles.belowMedium}>
            <Tags artifact={artifact} />
          </div>
          <span className={clsx(cellsStyles.note, cellsStyles.belowLarge)}>{artifact.type}</span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {formatBytes(artifact.size)} · {formatDate(artifact.created)}
            {artifact.referrers > 0 && ` · ${artifacts.referrersOf(artifact.referrers)}`}
          </span>
        </>
      ),
    },
    { key: 'tags', title: artifacts.tags, from: 'medium', render: (artifact) => <Tags artifact={artifact} /> },
    {
      key: 'type',
      title: artifacts.type,
      from: 'large',
      render: ({ type }) => <MediaType>{type}</MediaType>,
    },
    {
      key: 'size',
      title: artifacts.size,
      from: 'medium',
      align: 'end',
      nowrap: true,
      render: ({ size }) => formatBytes(size),
    },
    {
      key: 'digest',
      title: artifacts.digest,
      from: 'widest',
      nowrap: true,
      render: (artifact) => (
        <>
          <code title={artifact.digest}>{shortDigest(artifact.digest)}</code>
          <CopyButton text={artifact.digest} label={artifacts.copyDigest(artifactName(artifact))} />
        </>
      ),
    },
    {
      key: 'referrers',
      title: artifacts.referrers,
      from: 'medium',
      align: 'end',
      render: ({ referrers }) => <span title={artifacts.referrersHelp}>{formatNumber(referrers)}</span>,
    },
    {
      key: 'pushed',
      title: artifacts.pushed,
      from: 'wide',
      nowrap: true,
      render: ({ created, pushedBy }) => (
        <>
          {formatTime(created)}
          <span className={cellsStyles.note}>{artifacts.pushedBy(pushedBy)}</span>
        </>
      ),
    },
    ...(mayDeleteAny ? [operation] : []),
  ]
  return (
    <ListTable
      label={artifacts.list}
      columns={columns}
      rows={page.items}
      rowKey={artifactKey}
      nameOf={artifactName}
      {...(mayDeleteAny && { selection })}
      stale={stale}
      paging={{ view, setView, total: page.total }}
    />
  )
}

/** A media type that may wrap after each `/`, `.` and `+`. */
function MediaType({ children }: { children: string }) {
  return (
    <span className={styles.type}>
      {children.split(/(?<=[/.+])/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts repeat, and their order never changes
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </span>
  )
}

function Tags({ artifact: { tags, totalTags } }: { artifact: Artifact }) {
  const { artifacts } = useMessages()
  if (totalTags === 0) return <span className={cellsStyles.quiet}>{artifacts.untagged}</span>
  return (
    <span className={styles.tags}>
      {tags.map((tag) => (
        <Badge key={tag} clipped>
          {tag}
        </Badge>
      ))}
      {totalTags > tags.length && (
        <span className={cellsStyles.quiet}>{artifacts.moreTags(totalTags - tags.length)}</span>
      )}
    </span>
  )
}
