import { useMutation } from '@tanstack/react-query'
import { Alert, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { brokenFixedPasswordRules, FIXED_PASSWORD_RULES } from '../../contract/domain/fixed-password.ts'
import { credentialQueries, setFixedPassword } from '../api/credentials.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { Field } from '../ui/Field.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { RuleList, type RuleState } from '../ui/RuleList.tsx'
import { generatePassword } from './generate-password.ts'

/** Sets the user's fixed password, either generated or entered. */
export function FixedPasswordDialog({
  instanceId,
  replaces,
  onGenerated,
  onClosed,
}: {
  instanceId: string
  /** Whether a fixed password exists, which then stops working. */
  replaces: boolean
  /** Receives the generated password, to show it in place of this dialog. */
  onGenerated: (password: string) => void
  onClosed: () => void
}): ReactElement {
  const { common, credentials } = useMessages()
  const [choice, setChoice] = useState<'generate' | 'enter'>('generate')
  const [typed, setTyped] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const set = useMutation({
    mutationFn: (password: string) => setFixedPassword(instanceId, password),
    meta: { errorShown: true, invalidates: [credentialQueries.own(instanceId).queryKey] },
  })
  const broken = brokenFixedPasswordRules(typed)
  const problem = typed === '' ? common.fieldProblems.required : credentials.badPassword
  const stateOf = (rule: (typeof FIXED_PASSWORD_RULES)[number]): RuleState =>
    typed === '' ? 'open' : broken.includes(rule) ? 'broken' : 'kept'

  function submit(close: () => void) {
    setSubmitted(true)
    if (choice === 'enter' && broken.length > 0) return
    const password = choice === 'enter' ? typed : generatePassword()
    set.mutate(password, {
      onSuccess: () => {
        if (choice === 'generate') return onGenerated(password)
        showSuccess(credentials.fixedSet)
        close()
      },
    })
  }

  return (
    <FormDialog
      danger={replaces}
      title={replaces ? credentials.replaceFixed : credentials.setFixed}
      submitLabel={replaces ? credentials.replaceFixed : credentials.setFixed}
      pending={set.isPending}
      error={set.error}
      onSubmit={submit}
      onClosed={onClosed}
    >
      {replaces && <Alert type="warning" showIcon title={credentials.replaceText} />}
      <ChoiceCards
        legend={credentials.choice}
        chosen={choice}
        onChoose={setChoice}
        cards={[
          { value: 'generate', label: credentials.generate, text: credentials.generateText },
          { value: 'enter', label: credentials.enter, text: credentials.enterText },
        ]}
      />
      {choice === 'enter' && (
        <Field
          required
          label={credentials.password}
          error={submitted && broken.length > 0 ? problem : undefined}
          help={
            <RuleList
              label={credentials.rulesLabel}
              rules={FIXED_PASSWORD_RULES.map((rule) => ({ text: credentials.rules[rule], state: stateOf(rule) }))}
            />
          }
        >
          {(field) => (
            <Input
              {...field}
              type="password"
              autoComplete="new-password"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
    </FormDialog>
  )
}
