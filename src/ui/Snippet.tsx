import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './Snippet.module.css'

/** Lines to be typed or kept elsewhere, with what they are for and a button that copies them. */
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

/** Lines break between words, not after the hyphens of a flag; a word breaks only where it is longer than a line. */
function Words({ of }: { of: string }) {
  return of.split(/(\s+)/).map((part, index) =>
    /^\s*$/.test(part) ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words repeat, and nothing here moves
      <span key={index} className={styles.word}>
        {part}
      </span>
    ),
  )
}
