import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { instanceEndpoints, type Tag } from '../../contract/ccr/instances.ts'
import { INSTANCE_TYPES, type InstanceType } from '../../contract/domain/instance-types.ts'
import { QUOTAS } from '../../contract/domain/quotas.ts'
import { instanceQueries, makeInstance } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { Field } from '../ui/Field.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { fieldProblems, fieldSentence } from '../ui/field-problems.ts'
import { TagsEditor } from './TagsEditor.tsx'
import { repeatedTagKeys } from './tag-keys.ts'

/** Dialog that creates an instance. */
export function CreateInstanceDialog({ onClosed }: { onClosed: () => void }): ReactElement {
  const messages = useMessages()
  const { common, instances } = messages
  const [name, setName] = useState('')
  const [type, setType] = useState<InstanceType>('ADVANCED')
  const [tags, setTags] = useState<Tag[]>([])
  const [submitted, setSubmitted] = useState(false)
  const create = useMutation({
    mutationFn: makeInstance,
    meta: { errorShown: true, invalidates: [instanceQueries.lists()] },
  })
  const body = { name, type, tags }
  const problems = fieldProblems(instanceEndpoints.create.body, body)
  const shown = submitted ? problems : {}

  function submit(close: () => void) {
    setSubmitted(true)
    if (Object.keys(problems).length > 0 || repeatedTagKeys(tags).size > 0) return
    create.mutate(body, {
      onSuccess: () => {
        showSuccess(instances.created(name.trim()))
        close()
      },
    })
  }

  return (
    <FormDialog
      title={instances.create}
      submitLabel={common.create}
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClosed={onClosed}
    >
      <Field
        required
        label={instances.instanceName}
        help={instances.instanceNameHelp}
        error={fieldSentence(shown.name, messages)}
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
      <ChoiceCards
        legend={instances.edition}
        chosen={type}
        onChoose={setType}
        cards={INSTANCE_TYPES.map((value) => ({
          value,
          label: instances.editions[value],
          text: instances.editionQuota(QUOTAS[value].namespace, QUOTAS[value].chart),
        }))}
      />
      <TagsEditor tags={tags} problems={shown} onChange={setTags} />
    </FormDialog>
  )
}
