import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { type Instance, instanceEndpoints } from '../../contract/ccr/instances.ts'
import { instanceQueries, setInstanceName } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { Field } from '../ui/Field.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { fieldProblems, fieldSentence } from '../ui/field-problems.ts'

/** Dialog that renames an instance. */
export function RenameInstanceDialog({
  instance,
  onClosed,
}: {
  instance: Instance
  onClosed: () => void
}): ReactElement {
  const messages = useMessages()
  const { common, instances } = messages
  const [name, setName] = useState(instance.name)
  const [submitted, setSubmitted] = useState(false)
  const rename = useMutation({
    mutationFn: () => setInstanceName(instance.id, name),
    meta: { errorShown: true, invalidates: [instanceQueries.all()] },
  })
  const problem = fieldProblems(instanceEndpoints.rename.body, { name }).name

  return (
    <FormDialog
      title={instances.renameOf(instance.name)}
      submitLabel={common.save}
      pending={rename.isPending}
      error={rename.error}
      onClosed={onClosed}
      onSubmit={(close) => {
        setSubmitted(true)
        if (problem !== undefined) return
        rename.mutate(undefined, {
          onSuccess: () => {
            showSuccess(instances.renamed(name.trim()))
            close()
          },
        })
      }}
    >
      <Field
        required
        label={instances.instanceName}
        help={instances.instanceNameHelp}
        error={submitted ? fieldSentence(problem, messages) : undefined}
      >
        {(field) => (
          <Input
            {...field}
            autoFocus
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
