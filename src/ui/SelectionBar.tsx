import { Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './SelectionBar.module.css'

/** Bar above a table with selected rows: their number, a button to clear the selection, and bulk actions. */
export function SelectionBar({
  count,
  onClear,
  children,
}: {
  count: number
  onClear: () => void
  children: ReactNode
}): ReactElement {
  const { common } = useMessages()
  return (
    <section className={clsx(styles.bar, count === 0 && styles.empty)} aria-label={common.selected(count)}>
      <span role="status">{common.selected(count)}</span>
      <Button type="link" size="small" onClick={onClear}>
        {common.clearSelection}
      </Button>
      <div className={styles.actions}>{children}</div>
    </section>
  )
}
