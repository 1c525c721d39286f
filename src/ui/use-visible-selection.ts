import { useState } from 'react'

/** The selected rows of the current page. */
export interface VisibleSelection<Row> {
  readonly rows: Row[]
  readonly ids: string[]
  readonly select: (ids: string[]) => void
  readonly clear: () => void
}

/**
 * Selection limited to the rows on screen: it stores IDs and ignores those that are not among `rows`, because they are
 * on another page or were deleted.
 */
export function useVisibleSelection<Row>(rows: readonly Row[], idOf: (row: Row) => string): VisibleSelection<Row> {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const selected = rows.filter((row) => chosen.includes(idOf(row)))
  return { rows: selected, ids: selected.map(idOf), select: setChosen, clear: () => setChosen([]) }
}
