import { Button, Modal } from 'antd'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './SecretDialog.module.css'

/** Shows what the registry will not tell again. Only its own buttons close it. Rendered means open. */
export function SecretDialog({
  title,
  text,
  secret,
  copyLabel,
  onClosed,
  children,
}: {
  title: string
  /** What to do with it. */
  text: string
  secret: string
  copyLabel: string
  onClosed: () => void
  /** Where it goes, ready made. */
  children?: ReactNode
}): ReactElement {
  const { common } = useMessages()
  const [open, setOpen] = useState(true)
  return (
    <Modal
      open={open}
      title={title}
      mask={{ closable: false }}
      closable={{ 'aria-label': common.close }}
      onCancel={() => setOpen(false)}
      afterClose={onClosed}
      width={children ? 680 : 520}
      footer={
        <Button type="primary" onClick={() => setOpen(false)}>
          {common.done}
        </Button>
      }
    >
      <p>{text}</p>
      <p className={styles.secret}>
        <code>{secret}</code>
        <CopyButton text={secret} label={copyLabel} />
      </p>
      {children}
    </Modal>
  )
}
