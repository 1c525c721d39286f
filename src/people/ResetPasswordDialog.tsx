import { useMutation } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Account } from '../../contract/console/accounts.ts'
import { accountQueries, resetAccountPassword } from '../api/accounts.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { isUsable, PasswordChoice } from './PasswordChoice.tsx'

/** Dialog that sets a new password for an account. */
export function ResetPasswordDialog({
  account,
  onGenerated,
  onClosed,
}: {
  account: Account
  /** Called with the generated password, to show it in place of the dialog. */
  onGenerated: (account: string, password: string) => void
  onClosed: () => void
}): ReactElement {
  const { people } = useMessages()
  const [password, setPassword] = useState<string>()
  const [submitted, setSubmitted] = useState(false)
  const [revokeCredentials, setRevokeCredentials] = useState(false)
  const reset = useMutation({
    mutationFn: () => resetAccountPassword(account.id, { password, revokeCredentials }),
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
      <p>{people.resetKeepsText}</p>
      <Checkbox checked={revokeCredentials} onChange={(event) => setRevokeCredentials(event.target.checked)}>
        {people.revokeCredentials}
      </Checkbox>
    </FormDialog>
  )
}
