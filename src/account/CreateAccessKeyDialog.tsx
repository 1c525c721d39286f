import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { accessKeyEndpoints } from '../../contract/console/access-keys.ts'
import { accessKeyQueries, makeAccessKey, type NewAccessKey } from '../api/access-keys.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { Field } from '../ui/Field.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { fieldProblems, fieldSentence } from '../ui/field-problems.ts'

/** Creates an access key with a description of its purpose. */
export function CreateAccessKeyDialog({
  onCreated,
  onClosed,
}: {
  /** Receives the new key, to show it in place of this dialog: its secret is returned only once. */
  onCreated: (pair: NewAccessKey) => void
  onClosed: () => void
}): ReactElement {
  const messages = useMessages()
  const { accessKeys, common } = messages
  const [description, setDescription] = useState('')
  const create = useMutation({
    mutationFn: makeAccessKey,
    meta: { errorShown: true, invalidates: [accessKeyQueries.list().queryKey] },
  })
  const problem = fieldSentence(fieldProblems(accessKeyEndpoints.create.body, { description }).description, messages)
  return (
    <FormDialog
      title={accessKeys.create}
      submitLabel={common.create}
      pending={create.isPending}
      error={create.error}
      onClosed={onClosed}
      onSubmit={() => problem === undefined && create.mutate(description, { onSuccess: onCreated })}
    >
      <Field label={accessKeys.description} help={accessKeys.descriptionHelp} error={problem}>
        {(field) => (
          <Input
            {...field}
            autoFocus
            autoComplete="off"
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
