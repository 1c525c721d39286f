import { clsx } from 'clsx'
import type { ComponentProps, ReactElement } from 'react'
import styles from './RowAction.module.css'

/** An action on one row of a list: a native button styled as antd's link, as a list has dozens of them. */
export function RowAction({
  danger = false,
  ...button
}: ComponentProps<'button'> & { danger?: boolean }): ReactElement {
  return <button type="button" {...button} className={danger ? clsx(styles.action, styles.danger) : styles.action} />
}
