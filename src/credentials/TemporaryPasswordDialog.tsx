import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { credentialEndpoints } from '../../contract/ccr/credentials.ts'
import { credentialQueries, issueTemporaryPassword } from '../api/credentials.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { Field } from '../ui/Field.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldProblems } from '../ui/field-problems.ts'

/** Issues a temporary password that is valid for a number of hours. */
export function TemporaryPasswordDialog({
  instanceId,
  onIssued,
  onClosed,
}: {
  instanceId: string
  /** Receives the password, to show it in place of this dialog. */
  onIssued: (password: string, hours: number) => void
  onClosed: () => void
}): ReactElement {
  const { credentials } = useMessages()
  const [typed, setTyped] = useState('1')
  const [submitted, setSubmitted] = useState(false)
  const hours = Number(typed)
  const usable = Object.keys(fieldProblems(credentialEndpoints.issuePassword.body, { duration: hours })).length === 0
  const issue = useMutation({
    mutationFn: () => issueTemporaryPassword(instanceId, hours),
    meta: { errorShown: true, invalidates: [credentialQueries.own(instanceId).queryKey] },
  })
  return (
    <FormDialog
      title={credentials.getTemporary}
      submitLabel={credentials.get}
      pending={issue.isPending}
      error={issue.error}
      onClosed={onClosed}
      onSubmit={() => {
        setSubmitted(true)
        if (usable) issue.mutate(undefined, { onSuccess: (password) => onIssued(password, hours) })
      }}
    >
      <p>{credentials.temporaryText}</p>
      <Field
        required
        label={credentials.hours}
        help={credentials.hoursHelp}
        error={submitted && !usable ? credentials.hoursHelp : undefined}
      >
        {(field) => (
          <Input
            {...field}
            autoFocus
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
