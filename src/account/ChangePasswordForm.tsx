import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { newPassword } from '../../contract/console/accounts.ts'
import { changePassword } from '../api/own-account.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { Field } from '../ui/Field.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { fieldProblems } from '../ui/field-problems.ts'
import formStyles from '../ui/form.module.css'

const EMPTY = { current: '', password: '', again: '' }

/** Changes the signed-in user's own password. */
export function ChangePasswordForm({ account }: { account: string }): ReactElement {
  const { common, people } = useMessages()
  const [typed, setTyped] = useState(EMPTY)
  const [submitted, setSubmitted] = useState(false)
  const change = useMutation({ mutationFn: changePassword, meta: { errorShown: true } })
  const problems = {
    current: typed.current === '' ? common.fieldProblems.required : undefined,
    password: Object.keys(fieldProblems(newPassword, typed.password)).length > 0 ? people.passwordHelp : undefined,
    again: typed.again !== typed.password ? people.repeatDiffers : undefined,
  }
  const fields = [
    { key: 'current', label: people.currentPassword, autoComplete: 'current-password' },
    { key: 'password', label: people.newPassword, autoComplete: 'new-password', help: people.passwordHelp },
    { key: 'again', label: people.repeatPassword, autoComplete: 'new-password' },
  ] as const

  return (
    <form
      className={formStyles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setSubmitted(true)
        if (change.isPending || problems.current || problems.password || problems.again) return
        change.mutate(
          { current: typed.current, password: typed.password },
          {
            onSuccess: () => {
              showSuccess(people.changed)
              setTyped(EMPTY)
              setSubmitted(false)
            },
          },
        )
      }}
    >
      <p>{people.changeText}</p>
      {/* Tells password managers which account the password belongs to. */}
      <input hidden readOnly autoComplete="username" value={account} />
      {fields.map(({ key, label, autoComplete, ...rest }) => (
        <Field key={key} required label={label} {...rest} error={submitted ? problems[key] : undefined}>
          {(field) => (
            <Input
              {...field}
              type="password"
              autoComplete={autoComplete}
              value={typed[key]}
              onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {people.changePassword}
      </Button>
      {change.error && <Alert type="error" showIcon title={change.error.message} />}
    </form>
  )
}
