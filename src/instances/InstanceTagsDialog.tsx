import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { type Instance, instanceEndpoints, type Tag } from '../../contract/ccr/instances.ts'
import { instanceQueries, setInstanceTags } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { fieldProblems } from '../ui/field-problems.ts'
import { TagsEditor } from './TagsEditor.tsx'
import { repeatedTagKeys } from './tag-keys.ts'

/** Dialog that edits all tags of an instance. */
export function InstanceTagsDialog({ instance, onClosed }: { instance: Instance; onClosed: () => void }): ReactElement {
  const { common, instances } = useMessages()
  const [tags, setTags] = useState<Tag[]>(instance.tags)
  const [submitted, setSubmitted] = useState(false)
  const save = useMutation({
    mutationFn: () => setInstanceTags(instance.id, tags),
    meta: { errorShown: true, invalidates: [instanceQueries.all()] },
  })
  const problems = fieldProblems(instanceEndpoints.replaceTags.body, { tags })

  return (
    <FormDialog
      title={instances.editTagsOf(instance.name)}
      submitLabel={common.save}
      pending={save.isPending}
      error={save.error}
      onClosed={onClosed}
      onSubmit={(close) => {
        setSubmitted(true)
        if (Object.keys(problems).length > 0 || repeatedTagKeys(tags).size > 0) return
        save.mutate(undefined, {
          onSuccess: () => {
            showSuccess(instances.tagsSaved(instance.name))
            close()
          },
        })
      }}
    >
      <TagsEditor tags={tags} problems={submitted ? problems : {}} onChange={setTags} />
    </FormDialog>
  )
}
