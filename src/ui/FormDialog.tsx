import { Modal } from 'antd'
import { type FormEvent, type ReactElement, type ReactNode, useId, useRef, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { DialogFooter } from './DialogFooter.tsx'
import formStyles from './form.module.css'
import { useCloseGuard } from './use-close-guard.tsx'

/**
 * A dialog with a form. `onSubmit` receives the function that closes it, to be called on success; `error` is shown
 * beside the buttons. Closing asks for confirmation if text was typed, except by the Cancel button. Open as long as it is
 * rendered: `onClosed` is called after the closing animation.
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
  const typed = useTypedInput()
  const { close, askToClose, holder } = useCloseGuard(open && typed.isTyped, common.inputLost, () => setOpen(false))
  const form = useId()
  return (
    <Modal
      open={open}
      title={title}
      footer={(buttons) => <DialogFooter error={error}>{buttons}</DialogFooter>}
      okText={submitLabel}
      cancelText={common.cancel}
      okButtonProps={{ htmlType: 'submit', form, loading: pending, danger }}
      cancelButtonProps={{ onClick: close }}
      onCancel={askToClose}
      afterClose={onClosed}
      mask={{ closable: false }}
      closable={{ 'aria-label': common.close }}
      width={520}
    >
      <form
        id={form}
        className={formStyles.form}
        noValidate
        onFocus={typed.onFocus}
        onInput={typed.onInput}
        onSubmit={(event) => {
          event.preventDefault()
          if (!pending) onSubmit(close)
        }}
      >
        {children}
      </form>
      {holder}
    </Modal>
  )
}

/** Whether a text field of the form differs from its value at its first focus. */
function useTypedInput() {
  const before = useRef(new Map<HTMLElement, string>())
  const [isTyped, setTyped] = useState(false)
  return {
    isTyped,
    onFocus: ({ target }: { target: EventTarget }) => {
      if (isTextField(target) && !before.current.has(target)) before.current.set(target, target.value)
    },
    onInput: ({ target }: FormEvent) => {
      if (isTextField(target) && !before.current.has(target)) before.current.set(target, '')
      setTyped(
        [...before.current].some(([field, value]) => isTextField(field) && field.isConnected && field.value !== value),
      )
    },
  }
}

function isTextField(target: EventTarget): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type)
}
