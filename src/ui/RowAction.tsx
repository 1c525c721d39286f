import { clsx } from 'clsx'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import styles from './RowAction.module.css'

/**
 * An action on one row of a list: a native button styled as antd's link, as a list has dozens of them. With an `icon`
 * instead of text, the name is the tooltip too, and a destructive action is red only while pointed at.
 */
export function RowAction({
  danger = false,
  icon,
  ...button
}: ComponentProps<'button'> & { danger?: boolean; icon?: ReactNode }): ReactElement {
  return (
    <button
      type="button"
      {...(icon !== undefined && { title: button['aria-label'] })}
      {...button}
      className={clsx(styles.action, danger && styles.danger, icon !== undefined && styles.icon)}
    >
      {icon ?? button.children}
    </button>
  )
}
