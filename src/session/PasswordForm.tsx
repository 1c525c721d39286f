import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type ReactElement, type SubmitEvent, useState } from 'react'
import type { Session } from '../../contract/console/session.ts'
import { startSession } from '../api/session.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { Field } from '../ui/Field.tsx'
import styles from './PasswordForm.module.css'

/** Sign-in form. With `account`, the account is fixed and only its password can be entered. */
export function PasswordForm({
  account,
  submitLabel,
  onSignedIn,
}: {
  account?: string
  submitLabel: string
  onSignedIn: (session: Session) => void
}): ReactElement {
  const { session } = useMessages()
  const [missing, setMissing] = useState<{ account?: string; password?: string }>({})
  const signIn = useMutation({ mutationFn: startSession, meta: { errorShown: true }, onSuccess: onSignedIn })

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    // Read from the form: password managers fill fields without an event that React handles.
    const data = new FormData(event.currentTarget)
    const credentials = {
      account: account ?? String(data.get('account')).trim(),
      password: String(data.get('password')),
    }
    setMissing({
      ...(credentials.account ? {} : { account: session.fillAccount }),
      ...(credentials.password ? {} : { password: session.fillPassword }),
    })
    if (credentials.account && credentials.password && !signIn.isPending) signIn.mutate(credentials)
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field label={session.account} error={missing.account}>
        {(field) => (
          <Input
            {...field}
            name="account"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            size="large"
            autoFocus={account === undefined}
            {...(account !== undefined && { value: account, readOnly: true, variant: 'filled' as const })}
          />
        )}
      </Field>
      <Field label={session.password} error={missing.password}>
        {(field) => <Input {...field} name="password" type="password" autoComplete="current-password" size="large" />}
      </Field>
      <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
        {signIn.isPending ? session.signingIn : submitLabel}
      </Button>
      {signIn.error && <Alert type="error" showIcon title={signIn.error.message} />}
    </form>
  )
}
