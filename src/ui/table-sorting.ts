/** A sort as the contract writes it; both are absent when the list stands in its own order. */
export interface Sorting<Order extends string> {
  readonly orderBy?: Order | undefined
  readonly order?: 'asc' | 'desc' | undefined
}

/** What a press on a column's head asks for: upwards, then downwards, then the list's own order again. */
export function nextSorting<Order extends string>(sorting: Sorting<Order>, pressed: Order): Sorting<Order> {
  if (sorting.orderBy !== pressed) return { orderBy: pressed, order: 'asc' }
  if (sorting.order !== 'desc') return { orderBy: pressed, order: 'desc' }
  return { orderBy: undefined, order: undefined }
}
