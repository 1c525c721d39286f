/** A page of a list, and the number of all matching rows. */
export interface Page<Row> {
  readonly total: number
  readonly rows: Row[]
}

export type Order = 'asc' | 'desc'

/** Position and length of a page, in rows. */
export interface PageRequest {
  readonly offset: number
  readonly limit: number
}
