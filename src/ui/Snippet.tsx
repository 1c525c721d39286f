import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './Snippet.module.css'

/** Commands or configuration with a heading and a copy button. */
export function Snippet({
  heading: Heading,
  title,
  text,
}: {
  heading: 'h2' | 'h3'
  title: string
  text: string
}): ReactElement {
  const { common } = useMessages()
  return (
    <div className={styles.snippet}>
      <div className={styles.head}>
        <Heading>{title}</Heading>
        <CopyButton text={text} label={common.copyThing(title)} />
      </div>
      <pre>
        <code>
          <Words of={text} />
        </code>
      </pre>
    </div>
  )
}

/** Breaks lines between words, not after the hyphens of a flag; only a word longer than a line is broken. */
function Words({ of }: { of: string }) {
  return of.split(/(\s+)/).map((part, index) =>
    /^\s*$/.test(part) ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words repeat, and their order never changes
      <span key={index} className={styles.word}>
        {part}
      </span>
    ),
  )
}
