import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { AccessKey } from '../../contract/console/access-keys.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import styles from './AccessKeysTable.module.css'

/** Table of access keys. On narrow screens the values of hidden columns appear below the key. */
export function AccessKeysTable({
  items,
  onRotate,
  onDisable,
  onDelete,
}: {
  items: readonly AccessKey[]
  onRotate: (accessKey: AccessKey) => void
  onDisable: (accessKey: AccessKey) => void
  onDelete: (accessKey: AccessKey) => void
}): ReactElement {
  const { accessKeys, common, people } = useMessages()
  const lastUsed = ({ lastUsed: time }: AccessKey) => (time === null ? people.never : formatTime(time))
  const columns: ListColumn<AccessKey>[] = [
    {
      key: 'id',
      title: accessKeys.key,
      render: (accessKey) => (
        <>
          <code className={styles.id}>{accessKey.id}</code>
          <CopyButton text={accessKey.id} label={accessKeys.copyIdOf(accessKey.id)} />
          {accessKey.disabled && <Badge tone="attention">{people.disabled}</Badge>}
          {accessKey.configured && <Badge>{accessKeys.configured}</Badge>}
          <span className={clsx(cellsStyles.note, styles.description)}>{accessKey.description}</span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {accessKeys.lastUsed}: {lastUsed(accessKey)}
          </span>
        </>
      ),
    },
    { key: 'last', title: accessKeys.lastUsed, from: 'medium', nowrap: true, render: lastUsed },
    {
      key: 'created',
      title: common.created,
      from: 'large',
      nowrap: true,
      render: ({ created }) => formatTime(created),
    },
    {
      key: 'operation',
      actions: true,
      title: common.operation,
      render: (accessKey) => (
        <span className={cellsStyles.rowActions}>
          {!accessKey.configured && (
            <RowAction aria-label={accessKeys.rotateOf(accessKey.id)} onClick={() => onRotate(accessKey)}>
              {accessKeys.rotate}
            </RowAction>
          )}
          <RowAction
            danger={!accessKey.disabled}
            aria-label={accessKey.disabled ? accessKeys.enableOf(accessKey.id) : accessKeys.disableOf(accessKey.id)}
            onClick={() => onDisable(accessKey)}
          >
            {accessKey.disabled ? people.enable : people.disable}
          </RowAction>
          <RowAction danger aria-label={accessKeys.deleteOf(accessKey.id)} onClick={() => onDelete(accessKey)}>
            {common.delete}
          </RowAction>
        </span>
      ),
    },
  ]
  return (
    <ListTable
      label={accessKeys.title}
      columns={columns}
      rows={items}
      rowKey={({ id }) => id}
      nameOf={({ id }) => id}
      stale={false}
    />
  )
}
