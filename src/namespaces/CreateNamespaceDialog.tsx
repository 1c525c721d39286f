import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { Project } from '../../contract/ccr/namespaces.ts'
import { brokenNamespaceNameRules } from '../../contract/domain/namespace-name.ts'
import { errorWithStatus } from '../api/api-error.ts'
import { instanceQueries } from '../api/instances.ts'
import { makeNamespace, setNamespaceImmutable } from '../api/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showError, showSuccess } from '../ui/feedback.ts'
import { NameField } from '../ui/NameField.tsx'
import { NameRules } from './NameRules.tsx'

/** Dialog that creates a namespace: its name, access, and whether its versions are immutable. */
export function CreateNamespaceDialog({
  instanceId,
  onClosed,
}: {
  instanceId: string
  onClosed: () => void
}): ReactElement {
  const { common, namespaces } = useMessages()
  const [name, setName] = useState('')
  const [access, setAccess] = useState<Project['public']>('false')
  const [immutable, setImmutable] = useState<'false' | 'true'>('false')
  const [submitted, setSubmitted] = useState(false)
  const create = useMutation({
    mutationFn: async () => {
      await makeNamespace(instanceId, name, access === 'true')
      // The namespace exists even if this fails; its row in the list offers the setting again.
      return immutable === 'true' ? setNamespaceImmutable(instanceId, name, true).catch((error: Error) => error) : null
    },
    meta: { errorShown: true, invalidates: [instanceQueries.detail(instanceId).queryKey] },
  })
  const usable = brokenNamespaceNameRules(name).length === 0
  const taken = errorWithStatus(create.error, 409)
  const problem = name === '' ? common.fieldProblems.required : namespaces.badName

  function submit(close: () => void) {
    setSubmitted(true)
    if (!usable) return
    create.mutate(undefined, {
      onSuccess: (failure) => {
        if (failure instanceof Error) showError(namespaces.createdMutable(name, failure.message))
        else showSuccess(namespaces.created(name))
        close()
      },
    })
  }

  return (
    <FormDialog
      title={namespaces.create}
      submitLabel={common.create}
      pending={create.isPending}
      error={taken ? null : create.error}
      onSubmit={submit}
      onClosed={onClosed}
    >
      <NameField
        label={namespaces.name}
        error={submitted && !usable ? problem : taken?.message}
        help={<NameRules name={name} />}
        value={name}
        onChange={(value) => {
          setName(value)
          create.reset()
        }}
      />
      <ChoiceCards
        legend={namespaces.access}
        chosen={access}
        onChoose={setAccess}
        cards={[
          { value: 'false', label: namespaces.accesses.false, text: namespaces.privateText },
          { value: 'true', label: namespaces.accesses.true, text: namespaces.publicText },
        ]}
      />
      <ChoiceCards
        legend={namespaces.versions}
        chosen={immutable}
        onChoose={setImmutable}
        cards={[
          { value: 'false', label: namespaces.mutable, text: namespaces.mutableHelp },
          { value: 'true', label: namespaces.immutable, text: namespaces.immutableHelp },
        ]}
      />
    </FormDialog>
  )
}
