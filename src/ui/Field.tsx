import { clsx } from 'clsx'
import { type ReactElement, type ReactNode, useId } from 'react'
import styles from './Field.module.css'

/** Props that connect a field's control with its label, help and error. */
export interface FieldControl {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-required'?: true
  status?: 'error'
}

/**
 * A labelled control with its help and error. The error has a line of its own between the fields, so that nothing moves
 * when it appears; one with the same text as the help takes its place. Screen readers announce it.
 */
export function Field({
  label,
  help,
  error,
  required,
  children,
}: {
  label: string
  help?: ReactNode
  error?: string | undefined
  required?: boolean
  children: (control: FieldControl) => ReactNode
}): ReactElement {
  const id = useId()
  const inPlaceOfHelp = error !== undefined && error === help
  const shownHelp = inPlaceOfHelp ? undefined : help
  const describedBy = [shownHelp && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {label}
        {required && (
          <span className={styles.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children({
        id,
        ...(describedBy && { 'aria-describedby': describedBy }),
        ...(error && { 'aria-invalid': true, status: 'error' }),
        ...(required && { 'aria-required': true }),
      })}
      {shownHelp && (
        <div id={`${id}-help`} className={styles.help}>
          {shownHelp}
        </div>
      )}
      {error && (
        <div
          id={`${id}-error`}
          className={clsx(inPlaceOfHelp ? styles.help : styles.error, styles.problem)}
          role="alert"
        >
          {error}
        </div>
      )}
    </div>
  )
}
