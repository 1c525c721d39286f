import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { formatNumber } from '../ui/format.ts'
import styles from './QuotaMeter.module.css'
import { usageOf } from './usage.ts'

/** Usage of a quota in numbers and as a bar; the number links to the counted items. */
export function QuotaMeter({
  name,
  used,
  quota,
  to,
}: {
  name: string
  used: number
  quota: number
  to: string
}): ReactElement {
  const { instances } = useMessages()
  const { percent, level } = usageOf(used, quota)
  return (
    <div>
      <div className={styles.name}>{name}</div>
      <div className={styles.value}>
        <Link to={to} aria-label={`${name}: ${formatNumber(used)}`}>
          {formatNumber(used)}
        </Link>
        <small>/ {formatNumber(quota)}</small>
      </div>
      <div className={styles.bar} data-level={level} aria-hidden="true">
        <div style={{ width: `${percent}%` }} />
      </div>
      <div className={styles.note}>{instances.percent(used > 0 && used / quota < 0.01 ? '<1%' : `${percent}%`)}</div>
    </div>
  )
}
