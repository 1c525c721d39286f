import { Alert, Modal } from 'antd'
import { type ReactElement, type ReactNode, useId, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import formStyles from './form.module.css'

/**
 * A dialog around a form. `onSubmit` gets the function that closes it, to be called once what it does has worked;
 * `error` is what the server said, shown over the fields. Rendered means open: `onClosed` says when to take it away.
 */
export function FormDialog({
  title,
  submitLabel,
  danger = false,
  pending,
  error,
  onSubmit,
  onClosed,
  children,
}: {
  title: string
  submitLabel: string
  danger?: boolean
  pending: boolean
  error: Error | null
  onSubmit: (close: () => void) => void
  onClosed: () => void
  children: ReactNode
}): ReactElement {
  const { common } = useMessages()
  const [open, setOpen] = useState(true)
  const form = useId()
  return (
    <Modal
      open={open}
      title={title}
      okText={submitLabel}
      cancelText={common.cancel}
      okButtonProps={{ htmlType: 'submit', form, loading: pending, danger }}
      onCancel={() => setOpen(false)}
      afterClose={onClosed}
      mask={{ closable: false }}
      closable={{ 'aria-label': common.close }}
      width={520}
    >
      <form
        id={form}
        className={formStyles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!pending) onSubmit(() => setOpen(false))
        }}
      >
        {error && <Alert type="error" showIcon title={error.message} />}
        {children}
      </form>
    </Modal>
  )
}
