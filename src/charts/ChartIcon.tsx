import type { ReactElement } from 'react'
import { isDrawableIcon, letterTile } from './letter-tile.ts'
import './chart-icon.css'

/** A chart's icon beside its name, so without words of its own. `size` in pixels. */
export function ChartIcon({
  name,
  icon,
  size = 32,
}: {
  name: string
  icon: string | null
  size?: number
}): ReactElement {
  const square = { inlineSize: size, blockSize: size }
  if (isDrawableIcon(icon)) return <img className="chart-icon" src={icon} alt="" style={square} />
  const { letter, colour } = letterTile(name)
  return (
    <span className="chart-icon" aria-hidden="true" style={{ ...square, background: colour, fontSize: size / 2 }}>
      {letter}
    </span>
  )
}
