import { Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { CredentialSummary } from '../../contract/console/credentials.ts'
import { useMessages } from '../i18n/use-messages.ts'
import cellsStyles from '../ui/cells.module.css'
import { formatTime } from '../ui/format.ts'
import panelStyles from '../ui/panel.module.css'
import credentialsStyles from './credentials.module.css'
import styles from './TemporaryPasswords.module.css'

/** Lists when the user's valid temporary passwords expire. */
export function TemporaryPasswords({
  details: { temporary },
  onGet,
}: {
  details: CredentialSummary
  onGet: () => void
}): ReactElement {
  const { credentials } = useMessages()
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="temporary-passwords">
      <h2 id="temporary-passwords">{credentials.temporary}</h2>
      <p className={credentialsStyles.text}>{credentials.temporaryText}</p>
      {temporary.length === 0 ? (
        <p className={cellsStyles.quiet}>{credentials.temporaryNone}</p>
      ) : (
        <ul className={styles.passwords} aria-labelledby="temporary-passwords">
          {/* Passwords issued at the same moment can only be told apart by their index. */}
          {temporary.map(({ created, expires }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={`${created} ${expires} ${index}`}>
              {credentials.expires(formatTime(expires))}{' '}
              <span className={cellsStyles.note}>{credentials.created(formatTime(created))}</span>
            </li>
          ))}
        </ul>
      )}
      <p className={credentialsStyles.action}>
        <Button onClick={onGet}>{credentials.getTemporary}</Button>
      </p>
    </section>
  )
}
