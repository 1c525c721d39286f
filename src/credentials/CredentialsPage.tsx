import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { credentialQueries } from '../api/credentials.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { InstancePageHeader } from '../instances/InstancePageHeader.tsx'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import { SecretDialog } from '../ui/SecretDialog.tsx'
import sectionsStyles from '../ui/sections.module.css'
import { FixedPassword } from './FixedPassword.tsx'
import { SignInLines } from './SignInLines.tsx'
import { TemporaryPasswords } from './TemporaryPasswords.tsx'

const FixedPasswordDialog = lazyPart(async () => (await import('./FixedPasswordDialog.tsx')).FixedPasswordDialog)
const TemporaryPasswordDialog = lazyPart(
  async () => (await import('./TemporaryPasswordDialog.tsx')).TemporaryPasswordDialog,
)

type OpenDialog = { kind: 'fix' | 'issue' } | { kind: 'show'; title: string; text: string; password: string }

/** The signed-in user's passwords for Helm clients of an instance. */
export function CredentialsPage(): ReactElement {
  const { credentials } = useMessages()
  const instanceId = useInstanceId()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const query = useQuery(credentialQueries.own(instanceId))
  const close = () => setDialog(null)
  return (
    <>
      <InstancePageHeader instanceId={instanceId} title={credentials.title} description={credentials.lead} />
      <QueryState query={query}>
        {(own) => (
          <div className={sectionsStyles.sections}>
            <FixedPassword details={own} onSet={() => setDialog({ kind: 'fix' })} />
            <TemporaryPasswords details={own} onGet={() => setDialog({ kind: 'issue' })} />
            <SignInLines instanceId={instanceId} account={own.name} />
            <PartBoundary onFailed={close}>
              {dialog?.kind === 'fix' && (
                <FixedPasswordDialog
                  instanceId={instanceId}
                  replaces={own.fixed !== null}
                  onGenerated={(password) =>
                    setDialog({ kind: 'show', title: credentials.fixedTitle, text: credentials.once, password })
                  }
                  onClosed={close}
                />
              )}
              {dialog?.kind === 'issue' && (
                <TemporaryPasswordDialog
                  instanceId={instanceId}
                  onIssued={(password, hours) => {
                    const text = credentials.temporaryOnce(hours)
                    setDialog({ kind: 'show', title: credentials.temporaryTitle, text, password })
                  }}
                  onClosed={close}
                />
              )}
            </PartBoundary>
            {dialog?.kind === 'show' && (
              <SecretDialog
                title={dialog.title}
                text={dialog.text}
                secret={dialog.password}
                copyLabel={credentials.copyPassword}
                onClosed={close}
              />
            )}
          </div>
        )}
      </QueryState>
    </>
  )
}
