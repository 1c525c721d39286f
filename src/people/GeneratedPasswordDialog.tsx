import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { SecretDialog } from '../ui/SecretDialog.tsx'

/** Dialog that shows a generated password, once. */
export function GeneratedPasswordDialog({
  account,
  password,
  onClosed,
}: {
  account: string
  password: string
  onClosed: () => void
}): ReactElement {
  const { people } = useMessages()
  return (
    <SecretDialog
      title={people.passwordOf(account)}
      text={people.passwordOnce}
      secret={password}
      copyLabel={people.copyPassword}
      onClosed={onClosed}
    />
  )
}
