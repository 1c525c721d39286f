import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import cellsStyles from './cells.module.css'

/**
 * A text of other people's in a cell, cut off with an ellipsis where it has no room; hovering shows all of it.
 * `column`: at most as wide as a column beside others may be, where the cell itself would grow with the text.
 */
export function Clipped({
  text,
  column = false,
  children = text,
}: {
  text: string
  column?: boolean
  children?: ReactNode
}): ReactElement {
  return (
    <span className={clsx(cellsStyles.clipped, column && cellsStyles.column)} title={text}>
      {children}
    </span>
  )
}
