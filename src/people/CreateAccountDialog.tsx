import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { accountName } from '../../contract/console/accounts.ts'
import { ACCOUNT_ROLES, type AccountRole } from '../../contract/domain/roles.ts'
import { accountQueries, makeAccount } from '../api/accounts.ts'
import { errorWithStatus } from '../api/api-error.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { fieldProblems } from '../ui/field-problems.ts'
import { NameField } from '../ui/NameField.tsx'
import { isUsable, PasswordChoice } from './PasswordChoice.tsx'

/** Dialog that creates an account: name, role and password. */
export function CreateAccountDialog({
  onGenerated,
  onClosed,
}: {
  /** Called with a generated password, to show it in place of the dialog. */
  onGenerated: (account: string, password: string) => void
  onClosed: () => void
}): ReactElement {
  const { common, people } = useMessages()
  const [name, setName] = useState('')
  const [role, setRole] = useState<AccountRole>('member')
  const [password, setPassword] = useState<string>()
  const [submitted, setSubmitted] = useState(false)
  const create = useMutation({
    mutationFn: makeAccount,
    meta: { errorShown: true, invalidates: [accountQueries.all()] },
  })
  const usable = Object.keys(fieldProblems(accountName, name)).length === 0
  const problem = name.trim() === '' ? common.fieldProblems.required : people.badAccountName
  const taken = errorWithStatus(create.error, 409)

  function submit(close: () => void) {
    setSubmitted(true)
    if (!usable || !isUsable(password)) return
    create.mutate(
      { name, role, password },
      {
        onSuccess: ({ account, generatedPassword }) => {
          if (generatedPassword !== null) return onGenerated(account.name, generatedPassword)
          showSuccess(people.created(account.name))
          close()
        },
      },
    )
  }

  return (
    <FormDialog
      title={people.createAccount}
      submitLabel={common.create}
      pending={create.isPending}
      error={taken ? null : create.error}
      onSubmit={submit}
      onClosed={onClosed}
    >
      <NameField
        label={people.accountName}
        help={people.accountNameHelp}
        error={submitted && !usable ? problem : taken?.message}
        value={name}
        onChange={(value) => {
          setName(value)
          create.reset()
        }}
      />
      <ChoiceCards
        legend={people.role}
        chosen={role}
        onChoose={setRole}
        cards={ACCOUNT_ROLES.toReversed().map((value) => ({
          value,
          label: people.roles[value],
          text: people.roleTexts[value],
        }))}
      />
      <PasswordChoice password={password} submitted={submitted} onChange={setPassword} />
    </FormDialog>
  )
}
