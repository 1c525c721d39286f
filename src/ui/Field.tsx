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

/** A labelled control with its help and error. Screen readers announce the error when it appears. */
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
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={clsx(styles.field, styles.errorRoom)}>
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
      {help && (
        <div id={`${id}-help`} className={styles.help}>
          {help}
        </div>
      )}
      {error && (
        <div id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </div>
      )}
    </div>
  )
}
