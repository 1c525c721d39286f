import { Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { CredentialSummary } from '../../contract/console/credentials.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import definitionListStyles from '../ui/definition-list.module.css'
import { formatTime } from '../ui/format.ts'
import panelStyles from '../ui/panel.module.css'
import credentialsStyles from './credentials.module.css'

/** Shows the login name and when the fixed password was set, if it was. */
export function FixedPassword({
  details: { name, fixed },
  onSet,
}: {
  details: CredentialSummary
  onSet: () => void
}): ReactElement {
  const { credentials } = useMessages()
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="fixed-password">
      <h2 id="fixed-password">{credentials.fixed}</h2>
      <p className={credentialsStyles.text}>{credentials.fixedText}</p>
      <dl className={definitionListStyles.list}>
        <dt>{credentials.loginName}</dt>
        <dd>
          <code>{name}</code>
          <CopyButton text={name} label={credentials.copyLoginName} />
        </dd>
        <dt>{credentials.fixedState}</dt>
        <dd>{fixed === null ? credentials.fixedMissing : credentials.fixedSince(formatTime(fixed))}</dd>
      </dl>
      <p className={credentialsStyles.action}>
        <Button onClick={onSet}>{fixed === null ? credentials.setFixed : credentials.replaceFixed}</Button>
      </p>
    </section>
  )
}
