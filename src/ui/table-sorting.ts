/** A sort in the contract's format; both keys are absent in the list's default order. */
export interface Sorting<Order extends string> {
  readonly orderBy?: Order | undefined
  readonly order?: 'asc' | 'desc' | undefined
}

/**
 * Returns the sort after a click on a column header: first the order `first` (`desc` for dates: newest first), then the
 * opposite, then the list's default order.
 */
export function nextSorting<Order extends string>(
  sorting: Sorting<Order>,
  clicked: Order,
  first: 'asc' | 'desc' = 'asc',
): Sorting<Order> {
  if (sorting.orderBy !== clicked) return { orderBy: clicked, order: first }
  if ((sorting.order ?? 'asc') === first) return { orderBy: clicked, order: first === 'asc' ? 'desc' : 'asc' }
  return { orderBy: undefined, order: undefined }
}
