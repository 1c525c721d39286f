import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './SelectionBar.module.css'

/** The bar over a table that has rows selected: how many, the way out, and what can be done with them all. */
export function SelectionBar({
  count,
  onClear,
  children,
}: {
  count: number
  onClear: () => void
  children: ReactNode
}): ReactElement | null {
  const { common } = useMessages()
  if (count === 0) return null
  return (
    <section className={styles.bar} aria-label={common.selected(count)}>
      <span role="status">{common.selected(count)}</span>
      <Button type="link" size="small" onClick={onClear}>
        {common.clearSelection}
      </Button>
      <div className={styles.actions}>{children}</div>
    </section>
  )
}
