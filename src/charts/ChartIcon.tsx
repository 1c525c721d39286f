import { type ReactElement, useState } from 'react'
import styles from './ChartIcon.module.css'
import { isDrawableIcon, letterTile } from './letter-tile.ts'

/**
 * A chart's icon, or a letter tile if it has none that the browser can decode. Decorative: the name stands beside it.
 * `size` in pixels.
 */
export function ChartIcon({
  name,
  icon,
  size = 32,
}: {
  name: string
  icon: string | null
  size?: number
}): ReactElement {
  const [unreadable, setUnreadable] = useState<string>()
  const square = { inlineSize: size, blockSize: size }
  if (isDrawableIcon(icon) && icon !== unreadable) {
    return <img className={styles.icon} src={icon} alt="" style={square} onError={() => setUnreadable(icon)} />
  }
  const { letter, colour } = letterTile(name)
  return (
    <span className={styles.icon} aria-hidden="true" style={{ ...square, background: colour, fontSize: size / 2 }}>
      {letter}
    </span>
  )
}
