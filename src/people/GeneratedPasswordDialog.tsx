import { Button, Modal } from 'antd'
import { type ReactElement, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'

/** Shows a password that the registry has made up: once. */
export function GeneratedPasswordDialog({
  account,
  password,
  onClosed,
}: {
  account: string
  password: string
  onClosed: () => void
}): ReactElement {
  const { common, people } = useMessages()
  const [open, setOpen] = useState(true)
  return (
    <Modal
      open={open}
      title={people.passwordOf(account)}
      mask={{ closable: false }}
      closable={{ 'aria-label': common.close }}
      onCancel={() => setOpen(false)}
      afterClose={onClosed}
      width={520}
      footer={
        <Button type="primary" onClick={() => setOpen(false)}>
          {people.done}
        </Button>
      }
    >
      <p>{people.passwordOnce}</p>
      <p className="generated-password">
        <code>{password}</code>
        <CopyButton text={password} label={people.copyPassword} />
      </p>
    </Modal>
  )
}
