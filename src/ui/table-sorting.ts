import type { TableProps } from 'antd'

/** A sort as the contract writes it; both are absent when the list stands in its own order. */
export interface Sorting<Order extends string> {
  readonly orderBy?: Order | undefined
  readonly order?: 'asc' | 'desc' | undefined
}

/** Column settings that make a column sortable by the server. */
export function sortable<Order extends string>(key: Order, sorting: Sorting<Order>) {
  const direction = sorting.order === 'desc' ? ('descend' as const) : ('ascend' as const)
  return { key, sorter: true, sortOrder: sorting.orderBy === key ? direction : null }
}

/** Reads the sort that a click on a column's head asks for out of what antd's table says. */
export function sortingOf<Row, Order extends string>(
  sorter: Parameters<NonNullable<TableProps<Row>['onChange']>>[2],
  orders: readonly Order[],
): Sorting<Order> {
  const one = Array.isArray(sorter) ? sorter[0] : sorter
  const orderBy = orders.find((order) => order === one?.columnKey)
  if (!orderBy || !one?.order) return { orderBy: undefined, order: undefined }
  return { orderBy, order: one.order === 'descend' ? 'desc' : 'asc' }
}
