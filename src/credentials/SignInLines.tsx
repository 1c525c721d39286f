import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { instanceQueries } from '../api/instances.ts'
import { settingsQueries } from '../api/settings.ts'
import { addRepositoryLine, loginLine } from '../connect/sign-in.ts'
import { registryAddress, repositoryUrl, resourceName } from '../connect/target.ts'
import { useMessages } from '../i18n/use-messages.ts'
import cellsStyles from '../ui/cells.module.css'
import panelStyles from '../ui/panel.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import { Snippet } from '../ui/Snippet.tsx'
import sectionsStyles from '../ui/sections.module.css'
import credentialsStyles from './credentials.module.css'
import styles from './SignInLines.module.css'

/** Commands that sign helm in to an instance at its public address. */
export function SignInLines({ instanceId, account }: { instanceId: string; account: string }): ReactElement {
  const { credentials } = useMessages()
  const settings = useQuery(settingsQueries.current())
  const instance = useQuery(instanceQueries.detail(instanceId))
  return (
    <section
      className={clsx(panelStyles.panel, panelStyles.padded, sectionsStyles.wide)}
      aria-labelledby="sign-in-lines"
    >
      <h2 id="sign-in-lines">{credentials.signIn}</h2>
      <p className={credentialsStyles.text}>{credentials.signInText}</p>
      <QueryState query={settings}>
        {({ publicUrl }) => (
          <QueryState query={instance}>
            {({ info }) => {
              const address = registryAddress(publicUrl, info.publicURL)
              const repository = addRepositoryLine(resourceName(info.name), repositoryUrl(address, ''), account)
              return (
                <div className={styles.lines}>
                  <div>
                    <Snippet heading="h3" title={credentials.login} text={loginLine('helm-4', address, account)} />
                    {address.scheme === 'http' && <p className={cellsStyles.note}>{credentials.plainHttp}</p>}
                  </div>
                  <div>
                    <Snippet heading="h3" title={credentials.repository} text={repository} />
                    <p className={cellsStyles.note}>{credentials.repositoryText}</p>
                  </div>
                </div>
              )
            }}
          </QueryState>
        )}
      </QueryState>
    </section>
  )
}
