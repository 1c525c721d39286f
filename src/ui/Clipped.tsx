import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import cellsStyles from './cells.module.css'

/**
 * User-supplied text in a table cell, truncated with an ellipsis; the tooltip has the full text. `column` sets a maximum
 * width, for cells that would otherwise grow with the text.
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
