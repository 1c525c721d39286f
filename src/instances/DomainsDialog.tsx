import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { domainEndpoints } from '../../contract/console/domains.ts'
import { setDomains } from '../api/domains.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { Field } from '../ui/Field.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { fieldProblems, fieldSentence } from '../ui/field-problems.ts'
import { domainsIn } from './domains-in.ts'

/** Dialog that edits all custom domains of an instance, one per line. */
export function DomainsDialog({
  instance,
  notInUse,
  onClosed,
}: {
  instance: { readonly id: string; readonly name: string; readonly customDomains: readonly string[] }
  /** Stored domains that no longer satisfy the rules: they must be removed before saving. */
  notInUse: readonly string[]
  onClosed: () => void
}): ReactElement {
  const messages = useMessages()
  const { common, instances } = messages
  const [text, setText] = useState([...instance.customDomains, ...notInUse].join('\n'))
  const [submitted, setSubmitted] = useState(false)
  const domains = domainsIn(text)
  const save = useMutation({
    mutationFn: () => setDomains(instance.id, domains),
    meta: { errorShown: true, invalidates: [instanceQueries.all()] },
  })
  const problems = fieldProblems(domainEndpoints.replace.body, { domains })
  const invalid = domains.filter((_, index) => problems[`domains.${index}`])
  const problem = invalid.length > 0 ? instances.badDomains(invalid) : fieldSentence(problems.domains, messages)

  function submit(close: () => void) {
    setSubmitted(true)
    if (problem) return
    save.mutate(undefined, {
      onSuccess: () => {
        showSuccess(instances.domainsSaved(instance.name))
        close()
      },
    })
  }

  return (
    <FormDialog
      title={instances.editDomainsOf(instance.name)}
      submitLabel={common.save}
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClosed={onClosed}
    >
      <Field label={instances.customDomains} help={instances.domainsHelp} error={submitted ? problem : undefined}>
        {(field) => (
          <Input.TextArea
            {...field}
            autoFocus
            autoSize={{ minRows: 3, maxRows: 12 }}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="charts.example.org"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
