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
import { robotLines } from './robot-lines.ts'
import { scopesOf } from './robot-scope.ts'

const LINES = ['login', 'repository', 'kubernetes', 'environment'] as const

/** Shows a robot's secret, once: by itself, and as it goes where the machine finds it. */
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
              const lines = robotLines({ address, instance: info.name, name, secret, scopes: scopesOf(permissions) })
              return (
                <div className={styles.lines}>
                  {LINES.map(
                    (line) =>
                      lines[line] && <Snippet key={line} heading="h2" title={robots[line]} text={lines[line]} />,
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
