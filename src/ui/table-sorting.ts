/** A sort as the contract writes it; both are absent when the list stands in its own order. */
export interface Sorting<Order extends string> {
  readonly orderBy?: Order | undefined
  readonly order?: 'asc' | 'desc' | undefined
}

/**
 * The sort after a press on a column's head: first `first` (dates begin with the newest), then the other way round,
 * then the list's own order again.
 */
export function nextSorting<Order extends string>(
  sorting: Sorting<Order>,
  pressed: Order,
  first: 'asc' | 'desc' = 'asc',
): Sorting<Order> {
  if (sorting.orderBy !== pressed) return { orderBy: pressed, order: first }
  if ((sorting.order ?? 'asc') === first) return { orderBy: pressed, order: first === 'asc' ? 'desc' : 'asc' }
  return { orderBy: undefined, order: undefined }
}
