import { Input } from 'antd'
import type { ReactElement } from 'react'
import { newPassword } from '../../contract/console/accounts.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { Field } from '../ui/Field.tsx'
import { fieldProblems } from '../ui/field-problems.ts'

/** Lets the registry make up a password (undefined), or takes one. */
export function PasswordChoice({
  password,
  submitted,
  onChange,
}: {
  password: string | undefined
  /** Whether to say what is wrong. */
  submitted: boolean
  onChange: (password: string | undefined) => void
}): ReactElement {
  const { people } = useMessages()
  return (
    <>
      <ChoiceCards
        legend={people.passwordChoice}
        chosen={password === undefined ? 'generate' : 'give'}
        onChoose={(chosen) => onChange(chosen === 'generate' ? undefined : '')}
        cards={[
          { value: 'generate', label: people.generate, text: people.generateText },
          { value: 'give', label: people.give, text: people.giveText },
        ]}
      />
      {password !== undefined && (
        <Field
          required
          label={people.password}
          {...(submitted && !isUsable(password) ? { error: people.passwordHelp } : { help: people.passwordHelp })}
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

/** Whether this can be a password; undefined is one to be made up. */
export function isUsable(password: string | undefined): boolean {
  return password === undefined || Object.keys(fieldProblems(newPassword, password)).length === 0
}
