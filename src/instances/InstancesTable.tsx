import { useQuery } from '@tanstack/react-query'
import { Button, Grid, Table, type TableColumnsType } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type * as z from 'zod/mini'
import type { Instance, listInstances } from '../../contract/ccr/instances.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { formatNumber, formatTime } from '../ui/format.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { tablePaging } from '../ui/table-paging.ts'
import { InstanceStatus } from './InstanceStatus.tsx'
import { InstanceTags } from './InstanceTags.tsx'

/** A page of the instance list. On a narrow screen what a column would say stands below the name. */
export function InstancesTable({
  list,
  query,
  stale,
  onPage,
  onRename,
  onEditTags,
}: {
  list: z.output<typeof listInstances.response>
  query: string
  /** What is shown is the page before; the next is on its way. */
  stale: boolean
  onPage: (page: number, size: number) => void
  onRename: (instance: Instance) => void
  onEditTags: (instance: Instance) => void
}): ReactElement {
  const { common, instances } = useMessages()
  const { md: wide = true } = Grid.useBreakpoint()
  const columns: TableColumnsType<Instance> = [
    {
      title: instances.nameAndId,
      key: 'name',
      render: (_, { id, name, instanceType, status, region }) => (
        <>
          <Link className="strong-link" to={paths.instance(id)}>
            <MatchedText text={name} query={query} />
          </Link>
          <div className="cell-quiet cell-nowrap">
            <code>
              <MatchedText text={id} query={query} />
            </code>
            <CopyButton text={id} label={instances.copyId(name)} />
          </div>
          {!wide && (
            <span className="cell-note">
              {instances.editions[instanceType]} · {region} · <InstanceStatus status={status} />
            </span>
          )}
        </>
      ),
    },
    {
      title: instances.edition,
      key: 'edition',
      responsive: ['md'],
      render: (_, { instanceType }) => instances.editions[instanceType],
    },
    {
      title: instances.status,
      key: 'status',
      responsive: ['md'],
      render: (_, { status }) => <InstanceStatus status={status} />,
    },
    { title: instances.region, dataIndex: 'region', responsive: ['md'] },
    {
      title: instances.address,
      responsive: ['lg'],
      key: 'address',
      render: (_, { name, publicURL }) => (
        <span className="cell-nowrap">
          <code>{publicURL}</code>
          <CopyButton text={publicURL} label={instances.copyAddress(name)} />
        </span>
      ),
    },
    { title: instances.charts, key: 'charts', align: 'right', render: (_, { id }) => <ChartCount instanceId={id} /> },
    {
      title: common.created,
      responsive: ['lg'],
      key: 'created',
      render: (_, { createTime }) => <span className="cell-nowrap">{formatTime(createTime)}</span>,
    },
    {
      title: instances.tags,
      key: 'tags',
      responsive: ['md'],
      render: (_, { tags }) => <InstanceTags tags={tags} most={2} />,
    },
    {
      title: common.operation,
      key: 'operation',
      render: (_, instance) => (
        <span className="row-actions">
          <Button type="link" aria-label={instances.renameOf(instance.name)} onClick={() => onRename(instance)}>
            {instances.rename}
          </Button>
          <Button type="link" aria-label={instances.editTagsOf(instance.name)} onClick={() => onEditTags(instance)}>
            {instances.editTags}
          </Button>
        </span>
      ),
    },
  ]
  return (
    <Table<Instance>
      rowKey="id"
      size={wide ? 'middle' : 'small'}
      columns={columns}
      dataSource={list.instances}
      loading={stale}
      {...(wide && { scroll: { x: 'max-content' } })}
      pagination={tablePaging({ page: list.pageNo, size: list.pageSize, total: list.total, onChange: onPage })}
    />
  )
}

/** The list says nothing of charts: each row asks for itself, and the list does not wait. */
function ChartCount({ instanceId }: { instanceId: string }) {
  const { common } = useMessages()
  const { data } = useQuery(instanceQueries.detail(instanceId))
  return <>{data ? formatNumber(data.statistic.chart) : <span className="cell-quiet">{common.none}</span>}</>
}
