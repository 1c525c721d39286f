import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { clsx } from 'clsx'
import { lazy, type ReactElement, type ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { AfterFirstPaint } from './AfterFirstPaint.tsx'
import cellsStyles from './cells.module.css'
import controlsStyles from './controls.module.css'
import tableStyles from './table.module.css'
import { type ListPaging, tablePaging } from './table-paging.ts'
import { nextSorting, type Sorting } from './table-sorting.ts'
import type { VisibleSelection } from './use-visible-selection.ts'

// With its choice of sizes it is as much code as the rest of a list.
const Pagination = lazy(() => import('antd/es/pagination'))

/** A column of a {@link ListTable}. */
export interface ListColumn<Row, Order extends string = never> {
  readonly key: string
  readonly title: string
  readonly render: (row: Row) => ReactNode
  /** What the registry calls this order; without it the column cannot be sorted by. */
  readonly order?: Order
  /** Which way the first press sorts; `desc` for dates, so that the newest come first. */
  readonly firstOrder?: 'desc'
  /** The narrowest list that still has room for the column; what it says must be elsewhere below that. */
  readonly from?: 'medium' | 'large' | 'wide' | 'widest'
  readonly align?: 'end'
  readonly nowrap?: boolean
  /** It holds what can be done with the row. */
  readonly actions?: boolean
}

/**
 * A page of a list that the registry sorts and pages: a plain table whose first column names the rows. antd's own would be a fifth of all the code that
 * a list needs, for trees, filters and fixed columns that no list here has.
 */
export function ListTable<Row, Order extends string = never>({
  label,
  columns,
  rows,
  rowKey,
  nameOf,
  selection,
  sorting,
  onSort,
  paging,
  stale,
}: {
  /** What the list is of, for those who do not see it. */
  label: string
  columns: readonly ListColumn<Row, Order>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** What a person calls the row. */
  nameOf: (row: Row) => string
  /** Without it there is nothing to be chosen. */
  selection?: VisibleSelection<Row>
  sorting?: Sorting<Order>
  onSort?: (sorting: Sorting<Order>) => void
  /** Where the list stands among its pages; without it the way between them is somebody else's, or there is one. */
  paging?: ListPaging
  /** The rows are those of the view before; the ones asked for are on their way. */
  stale: boolean
}): ReactElement {
  const { common } = useMessages()
  const chosen = new Set(selection?.ids)
  const pages = paging && tablePaging(paging)
  // The name is in the first column that is always there.
  const nameKey = columns.find(({ from }) => !from)?.key

  return (
    <div className={tableStyles.table} aria-busy={stale}>
      <table aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className={tableStyles.check}>
                <input
                  type="checkbox"
                  className={controlsStyles.check}
                  aria-label={common.selectPage}
                  ref={(box) => {
                    if (box) box.indeterminate = chosen.size > 0 && chosen.size < rows.length
                  }}
                  checked={chosen.size === rows.length}
                  onChange={({ target }) => selection.select(target.checked ? rows.map(rowKey) : [])}
                />
              </th>
            )}
            {columns.map((column) => (
              <ColumnHead
                key={column.key}
                column={column}
                className={clsx(classOf(column), column.key === nameKey && tableStyles.name)}
                sorting={sorting}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row)
            return (
              <tr key={key} className={chosen.has(key) ? tableStyles.chosen : undefined}>
                {selection && (
                  <td className={tableStyles.check}>
                    <input
                      type="checkbox"
                      className={controlsStyles.check}
                      aria-label={common.selectRow(nameOf(row))}
                      checked={chosen.has(key)}
                      onChange={({ target }) =>
                        selection.select(target.checked ? [...chosen, key] : selection.ids.filter((id) => id !== key))
                      }
                    />
                  </td>
                )}
                {columns.map((column) => {
                  const isName = column.key === nameKey
                  const Cell = isName ? 'th' : 'td'
                  return (
                    <Cell
                      key={column.key}
                      className={clsx(classOf(column), isName && tableStyles.name)}
                      {...(isName && { scope: 'row' })}
                    >
                      {column.render(row)}
                    </Cell>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
      {pages && (
        // Its place is kept: nothing jumps when it is there.
        <div className={tableStyles.pages}>
          <AfterFirstPaint>
            <Pagination {...pages} align="end" />
          </AfterFirstPaint>
        </div>
      )}
    </div>
  )
}

function ColumnHead<Row, Order extends string>({
  column,
  className,
  sorting,
  onSort,
}: {
  column: ListColumn<Row, Order>
  className: string
  sorting: Sorting<Order> | undefined
  onSort: ((sorting: Sorting<Order>) => void) | undefined
}) {
  const { order, title } = column
  if (!order || !sorting || !onSort) return <th className={className}>{title}</th>
  const direction = sorting.orderBy === order ? (sorting.order ?? 'asc') : undefined
  const spoken = direction && (direction === 'desc' ? 'descending' : 'ascending')
  return (
    <th className={className} {...(spoken && { 'aria-sort': spoken })}>
      <button type="button" onClick={() => onSort(nextSorting(sorting, order, column.firstOrder))}>
        {title}
        <span className={tableStyles.carets}>
          <CaretUpOutlined aria-hidden className={direction === 'asc' ? tableStyles.here : undefined} />
          <CaretDownOutlined aria-hidden className={direction === 'desc' ? tableStyles.here : undefined} />
        </span>
      </button>
    </th>
  )
}

const FROM = {
  medium: cellsStyles.fromMedium,
  large: cellsStyles.fromLarge,
  wide: cellsStyles.fromWide,
  widest: cellsStyles.fromWidest,
}

function classOf({ from, align, nowrap, actions }: ListColumn<never, string>): string {
  return clsx(
    from && FROM[from],
    align && tableStyles.alignEnd,
    nowrap && cellsStyles.nowrap,
    actions && tableStyles.actions,
  )
}
