import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { Account } from '../../contract/console/accounts.ts'
import { accountQueries, giveNewPassword } from '../api/accounts.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { isUsable, PasswordChoice } from './PasswordChoice.tsx'

/** Gives an account another password. */
export function ResetPasswordDialog({
  account,
  onGenerated,
  onClosed,
}: {
  account: Account
  /** Takes the password that was made up, in the place of the dialog. */
  onGenerated: (account: string, password: string) => void
  onClosed: () => void
}): ReactElement {
  const { people } = useMessages()
  const [password, setPassword] = useState<string>()
  const [submitted, setSubmitted] = useState(false)
  const reset = useMutation({
    mutationFn: () => giveNewPassword(account.id, password),
    meta: { errorShown: true, invalidates: [accountQueries.all()] },
  })
  return (
    <FormDialog
      danger
      title={people.resetPasswordOf(account.name)}
      submitLabel={people.resetPassword}
      pending={reset.isPending}
      error={reset.error}
      onClosed={onClosed}
      onSubmit={(close) => {
        setSubmitted(true)
        if (!isUsable(password)) return
        reset.mutate(undefined, {
          onSuccess: (generated) => {
            if (generated !== null) return onGenerated(account.name, generated)
            showSuccess(people.passwordReset(account.name))
            close()
          },
        })
      }}
    >
      <p>{people.resetText(account.name)}</p>
      <PasswordChoice password={password} submitted={submitted} onChange={setPassword} />
    </FormDialog>
  )
}
