import { useState } from 'react'

/** The selected rows among those on screen. */
export interface VisibleSelection<Row> {
  readonly rows: Row[]
  readonly ids: string[]
  readonly select: (ids: string[]) => void
  readonly clear: () => void
}

/**
 * Selection that never reaches beyond what the reader sees: ids are kept, and what is not among `rows` (another page,
 * deleted meanwhile) does not count.
 */
export function useVisibleSelection<Row>(rows: readonly Row[], idOf: (row: Row) => string): VisibleSelection<Row> {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const selected = rows.filter((row) => chosen.includes(idOf(row)))
  return { rows: selected, ids: selected.map(idOf), select: setChosen, clear: () => setChosen([]) }
}
