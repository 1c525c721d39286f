import { Alert } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './DeletionText.module.css'

/** What a deletion dialog says: the names, what else, that it is for good, and why it failed if it did. */
export function DeletionText({
  names,
  note,
  error,
}: {
  names: readonly string[]
  note?: ReactNode
  error: Error | undefined
}): ReactElement {
  const { common } = useMessages()
  return (
    <div className={styles.deletion}>
      {/* A long list scrolls, and what scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <ul className={styles.names} tabIndex={0} aria-label={common.selected(names.length)}>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {note && <p>{note}</p>}
      <p>{common.permanent}</p>
      {error && <Alert type="error" showIcon title={error.message} />}
    </div>
  )
}
