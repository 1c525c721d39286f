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

// With its page size selector it is as much code as the rest of a list.
const Pagination = lazy(() => import('antd/es/pagination'))

/** A column of a {@link ListTable}. */
export interface ListColumn<Row, Order extends string = never> {
  readonly key: string
  readonly title: string
  readonly render: (row: Row) => ReactNode
  /** The registry's name for this order; without it the column is not sortable. */
  readonly order?: Order
  /** Order of the first click; `desc` for dates, so that the newest come first. */
  readonly firstOrder?: 'desc'
  /** Minimum width of the list for this column; a narrower list must show its content in another column. */
  readonly from?: 'medium' | 'large' | 'wide' | 'widest'
  readonly align?: 'end'
  readonly nowrap?: boolean
  /** Whether the column contains the actions of the row. */
  readonly actions?: boolean
}

/**
 * A page of a list that the server sorts and pages: a plain table whose first column names the rows. antd's table would
 * be a fifth of the code of a list page, for trees, filters and fixed columns that no list here has.
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
  /** Accessible name of the list. */
  label: string
  columns: readonly ListColumn<Row, Order>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** The name of the row for users. */
  nameOf: (row: Row) => string
  /** Without it, rows cannot be selected. */
  selection?: VisibleSelection<Row>
  sorting?: Sorting<Order>
  onSort?: (sorting: Sorting<Order>) => void
  /** Without it, there is no pagination below the table. */
  paging?: ListPaging
  /** Whether the rows are those of the previous view, while the new ones load. */
  stale: boolean
}): ReactElement {
  const { common } = useMessages()
  const chosen = new Set(selection?.ids)
  const pages = paging && tablePaging(paging)
  // The name is in the first column that is never hidden.
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
        // Reserves the space, so that nothing moves when the pagination has loaded.
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
  const ariaSort = direction && (direction === 'desc' ? 'descending' : 'ascending')
  return (
    <th className={className} {...(ariaSort && { 'aria-sort': ariaSort })}>
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
