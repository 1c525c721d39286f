import { Input } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Field } from './Field.tsx'

/** A required text field for a name that programs use: no completion, capitalization or spelling check. */
export function NameField({
  label,
  help,
  error,
  prefix,
  readOnly = false,
  value,
  onChange,
}: {
  label: string
  help: ReactNode
  error: string | undefined
  prefix?: string
  readOnly?: boolean
  value: string
  onChange: (value: string) => void
}): ReactElement {
  return (
    <Field required label={label} help={help} error={error}>
      {(field) => (
        <Input
          {...field}
          prefix={prefix}
          autoFocus={!readOnly}
          readOnly={readOnly}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
