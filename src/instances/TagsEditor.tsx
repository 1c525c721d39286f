import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useId } from 'react'
import type { Tag } from '../../contract/ccr/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import fieldStyles from '../ui/Field.module.css'
import { type FieldProblems, fieldSentence } from '../ui/field-problems.ts'
import styles from './TagsEditor.module.css'
import { repeatedTagKeys } from './tag-keys.ts'

const MAX_TAGS = 50

/** Edits tags as rows of key and value. `problems` are keyed by path: `tags.0.tagKey`. */
export function TagsEditor({
  tags,
  problems,
  onChange,
}: {
  tags: readonly Tag[]
  problems: FieldProblems
  onChange: (tags: Tag[]) => void
}): ReactElement {
  const messages = useMessages()
  const { instances } = messages
  const id = useId()
  const repeated = repeatedTagKeys(tags)
  const change = (index: number, part: Partial<Tag>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)))

  return (
    <fieldset className={styles.editor} aria-describedby={`${id}-help`}>
      <legend>{instances.tags}</legend>
      <div id={`${id}-help`} className={fieldStyles.help}>
        {instances.tagsHelp}
      </div>
      {tags.map((tag, index) => {
        const keyProblem = fieldSentence(problems[`tags.${index}.tagKey`], messages)
        const valueProblem = fieldSentence(problems[`tags.${index}.tagValue`], messages)
        const repeatedProblem = repeated.has(tag.tagKey) ? instances.duplicateTag : undefined
        const problem = repeatedProblem ?? keyProblem ?? valueProblem
        return (
          // Rows have no identity other than their position.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <div key={index} className={styles.row}>
            <Input
              aria-label={instances.tagKeyOf(index + 1)}
              placeholder={instances.tagKey}
              autoFocus={tag.tagKey === '' && tag.tagValue === ''}
              value={tag.tagKey}
              {...(problem && { 'aria-describedby': `${id}-${index}` })}
              {...((keyProblem ?? repeatedProblem) && { status: 'error' as const, 'aria-invalid': true })}
              onChange={(event) => change(index, { tagKey: event.target.value })}
            />
            <Input
              aria-label={instances.tagValueOf(index + 1)}
              placeholder={instances.tagValue}
              value={tag.tagValue}
              {...(problem && { 'aria-describedby': `${id}-${index}` })}
              {...(valueProblem && { status: 'error' as const, 'aria-invalid': true })}
              onChange={(event) => change(index, { tagValue: event.target.value })}
            />
            <Button
              type="text"
              aria-label={instances.removeTag(index + 1)}
              icon={<DeleteOutlined aria-hidden />}
              onClick={() => onChange(tags.filter((_, at) => at !== index))}
            />
            {problem && (
              <div id={`${id}-${index}`} className={clsx(fieldStyles.error, fieldStyles.problem)} role="alert">
                {problem}
              </div>
            )}
          </div>
        )
      })}
      {tags.length < MAX_TAGS && (
        <Button
          type="dashed"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange([...tags, { tagKey: '', tagValue: '' }])}
        >
          {instances.addTag}
        </Button>
      )}
    </fieldset>
  )
}
