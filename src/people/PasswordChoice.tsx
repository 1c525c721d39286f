import { Input } from 'antd'
import type { ReactElement } from 'react'
import { newPassword } from '../../contract/console/accounts.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { Field } from '../ui/Field.tsx'
import { fieldProblems } from '../ui/field-problems.ts'

/** Chooses between a generated password (undefined) and an entered one. */
export function PasswordChoice({
  password,
  submitted,
  onChange,
}: {
  password: string | undefined
  /** Whether to show validation errors. */
  submitted: boolean
  onChange: (password: string | undefined) => void
}): ReactElement {
  const { people } = useMessages()
  return (
    <>
      <ChoiceCards
        legend={people.passwordChoice}
        chosen={password === undefined ? 'generate' : 'enter'}
        onChoose={(chosen) => onChange(chosen === 'generate' ? undefined : '')}
        cards={[
          { value: 'generate', label: people.generate, text: people.generateText },
          { value: 'enter', label: people.enter, text: people.enterText },
        ]}
      />
      {password !== undefined && (
        <Field
          required
          label={people.password}
          help={people.passwordHelp}
          error={submitted && !isUsable(password) ? people.passwordHelp : undefined}
        >
          {(field) => (
            <Input
              {...field}
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )}
    </>
  )
}

/** Whether the password is valid; undefined (generate one) is. */
export function isUsable(password: string | undefined): boolean {
  return password === undefined || Object.keys(fieldProblems(newPassword, password)).length === 0
}
