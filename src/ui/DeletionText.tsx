import { Input } from 'antd'
import { type ReactElement, type ReactNode, useId } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './DeletionText.module.css'

/** Content of a deletion dialog: names, note, and the warning that it is permanent. */
export function DeletionText({
  names,
  note,
  typeToConfirm,
  setTyped,
}: {
  names: readonly string[]
  note?: ReactNode
  /** Text to type before the deletion can be confirmed. */
  typeToConfirm: string | undefined
  setTyped: (typed: string) => void
}): ReactElement {
  const { common } = useMessages()
  const field = useId()
  return (
    <div className={styles.deletion}>
      {/* A long list scrolls, and a scrollable element must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <ul className={styles.names} tabIndex={0} aria-label={common.selected(names.length)}>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {note && <p>{note}</p>}
      <p>{common.permanent}</p>
      {typeToConfirm !== undefined && (
        <>
          <label htmlFor={field}>{common.typeToConfirm(typeToConfirm)}</label>
          <Input id={field} autoComplete="off" spellCheck={false} onChange={({ target }) => setTyped(target.value)} />
        </>
      )}
    </div>
  )
}
