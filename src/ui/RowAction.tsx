import { clsx } from 'clsx'
import type { ComponentProps, ReactElement } from 'react'
import styles from './RowAction.module.css'

/** What can be done with one row of a list. A list has dozens: the browser's own button, as antd's link looks. */
export function RowAction({
  danger = false,
  ...button
}: ComponentProps<'button'> & { danger?: boolean }): ReactElement {
  return <button type="button" {...button} className={danger ? clsx(styles.action, styles.danger) : styles.action} />
}
