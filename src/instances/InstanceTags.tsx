import { Tag as Label } from 'antd'
import type { ReactElement } from 'react'
import type { Tag } from '../../contract/ccr/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import cellsStyles from '../ui/cells.module.css'
import styles from './InstanceTags.module.css'

/** The tags of an instance: at most `max` of them, and the number of others. */
export function InstanceTags({ tags, max = tags.length }: { tags: readonly Tag[]; max?: number }): ReactElement {
  const { common, instances } = useMessages()
  if (tags.length === 0) return <span className={cellsStyles.quiet}>{common.none}</span>
  const rest = tags.slice(max)
  return (
    <span className={styles.tags}>
      {tags.slice(0, max).map((tag) => (
        <Label key={tag.tagKey}>{textOf(tag)}</Label>
      ))}
      {rest.length > 0 && (
        <span className={cellsStyles.quiet} title={rest.map(textOf).join('\n')}>
          {instances.moreTags(rest.length)}
        </span>
      )}
    </span>
  )
}

function textOf({ tagKey, tagValue }: Tag) {
  return tagValue ? `${tagKey}: ${tagValue}` : tagKey
}
