import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Robot } from '../../contract/ccr/robots.ts'
import { instanceQueries } from '../api/instances.ts'
import { settingsQueries } from '../api/settings.ts'
import { registryAddress } from '../connect/target.ts'
import { useMessages } from '../i18n/use-messages.ts'
import cellsStyles from '../ui/cells.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import { SecretDialog } from '../ui/SecretDialog.tsx'
import { Snippet } from '../ui/Snippet.tsx'
import styles from './RobotSecretDialog.module.css'
import { scopesOf } from './robot-scope.ts'
import { robotSnippets } from './robot-snippets.ts'

const SNIPPETS = ['login', 'repository', 'kubernetes', 'environment'] as const

/** Dialog that shows a robot's secret once, as plain text and in ready-made configuration. */
export function RobotSecretDialog({
  instanceId,
  robot: { name, permissions },
  secret,
  onClosed,
}: {
  instanceId: string
  robot: Pick<Robot, 'name' | 'permissions'>
  secret: string
  onClosed: () => void
}): ReactElement {
  const { credentials, robots } = useMessages()
  const settings = useQuery(settingsQueries.current())
  const instance = useQuery(instanceQueries.detail(instanceId))
  return (
    <SecretDialog
      title={robots.secretTitle(name)}
      text={robots.secretOnce}
      secret={secret}
      copyLabel={robots.copySecret}
      onClosed={onClosed}
    >
      <QueryState query={settings}>
        {({ publicUrl }) => (
          <QueryState query={instance}>
            {({ info }) => {
              const address = registryAddress(publicUrl, info.publicURL)
              const snippets = robotSnippets({
                address,
                instance: info.name,
                name,
                secret,
                scopes: scopesOf(permissions),
              })
              return (
                <div className={styles.snippets}>
                  {SNIPPETS.map(
                    (kind) =>
                      snippets[kind] && <Snippet key={kind} heading="h2" title={robots[kind]} text={snippets[kind]} />,
                  )}
                  {address.scheme === 'http' && <p className={cellsStyles.note}>{credentials.plainHttp}</p>}
                </div>
              )
            }}
          </QueryState>
        )}
      </QueryState>
    </SecretDialog>
  )
}
