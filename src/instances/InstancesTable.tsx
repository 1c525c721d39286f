import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type * as z from 'zod/mini'
import type { Instance, instanceEndpoints } from '../../contract/ccr/instances.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useMay } from '../session/use-may.ts'
import { Clipped } from '../ui/Clipped.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatNumber, formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import type { ListParams } from '../ui/list-search-params.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import { InstanceStatus } from './InstanceStatus.tsx'
import { InstanceTags } from './InstanceTags.tsx'
import type { instanceListParams } from './instance-list-params.ts'

/** A page of the instance list. On narrow screens, the content of hidden columns is shown below the name. */
export function InstancesTable({
  list,
  view,
  setView,
  stale,
  onRename,
  onEditTags,
}: {
  list: z.output<typeof instanceEndpoints.list.response>
  view: ListParams<typeof instanceListParams>
  setView: SetListParams<typeof instanceListParams>
  /** Whether the rows are those of the previous view, while the new ones load. */
  stale: boolean
  onRename: (instance: Instance) => void
  onEditTags: (instance: Instance) => void
}): ReactElement {
  const { common, instances } = useMessages()
  const may = useMay()
  const mayAdminister = ({ id }: Instance) => may('administer', { instanceId: id })
  const operation: ListColumn<Instance> = {
    title: common.operation,
    key: 'operation',
    actions: true,
    render: (instance) =>
      mayAdminister(instance) && (
        <span className={cellsStyles.rowActions}>
          <RowAction aria-label={instances.renameOf(instance.name)} onClick={() => onRename(instance)}>
            {instances.rename}
          </RowAction>
          <RowAction aria-label={instances.editTagsOf(instance.name)} onClick={() => onEditTags(instance)}>
            {instances.editTags}
          </RowAction>
        </span>
      ),
  }
  const columns: ListColumn<Instance>[] = [
    {
      title: instances.nameAndId,
      key: 'name',
      render: ({ id, name, instanceType, status, region }) => (
        <>
          <Link className={cellsStyles.strongLink} to={paths.instance(id)}>
            <Clipped text={name}>
              <MatchedText text={name} query={view.q} />
            </Clipped>
          </Link>
          <div className={clsx(cellsStyles.quiet, cellsStyles.nowrap)}>
            <code>
              <MatchedText text={id} query={view.q} />
            </code>
            <CopyButton text={id} label={instances.copyId(name)} />
          </div>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {instances.editions[instanceType]} · {instances.regions[region] ?? region}
          </span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            <InstanceStatus status={status} />
          </span>
        </>
      ),
    },
    {
      title: instances.edition,
      key: 'edition',
      from: 'large',
      render: ({ instanceType }) => instances.editions[instanceType],
    },
    {
      title: instances.status,
      key: 'status',
      from: 'medium',
      render: ({ status }) => <InstanceStatus status={status} />,
    },
    {
      title: instances.region,
      key: 'region',
      from: 'wide',
      render: ({ region }) => instances.regions[region] ?? region,
    },
    {
      title: instances.address,
      from: 'wide',
      key: 'address',
      render: ({ name, publicURL }) => (
        <span className={cellsStyles.nowrap}>
          <code>
            <Clipped text={publicURL} column />
          </code>
          <CopyButton text={publicURL} label={instances.copyAddress(name)} />
        </span>
      ),
    },
    { title: instances.charts, key: 'charts', align: 'end', render: ({ id }) => <ChartCount instanceId={id} /> },
    {
      title: common.created,
      from: 'widest',
      key: 'created',
      render: ({ createTime }) => <span className={cellsStyles.nowrap}>{formatTime(createTime)}</span>,
    },
    {
      title: instances.tags,
      key: 'tags',
      from: 'medium',
      render: ({ tags }) => <InstanceTags tags={tags} max={2} />,
    },
    ...(list.instances.some(mayAdminister) ? [operation] : []),
  ]
  return (
    <ListTable
      label={instances.listLabel}
      columns={columns}
      rows={list.instances}
      rowKey={({ id }) => id}
      nameOf={({ name }) => name}
      stale={stale}
      paging={{ view, setView, total: list.total }}
    />
  )
}

/** The list response has no chart count, so each row fetches its own without delaying the list. */
function ChartCount({ instanceId }: { instanceId: string }) {
  const { common } = useMessages()
  const { data } = useQuery(instanceQueries.detail(instanceId))
  return <>{data ? formatNumber(data.statistic.chart) : <span className={cellsStyles.quiet}>{common.none}</span>}</>
}
