/** One page of a list, and how many rows match in all. */
export interface Page<Row> {
  readonly total: number
  readonly rows: Row[]
}

export type Order = 'asc' | 'desc'

/** Which rows of a list are wanted. */
export interface PageRequest {
  readonly offset: number
  readonly limit: number
}
