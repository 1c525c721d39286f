import { Button, Modal } from 'antd'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from './CopyButton.tsx'
import { OnCopied } from './on-copied.ts'
import styles from './SecretDialog.module.css'
import { useCloseGuard } from './use-close-guard.tsx'

/**
 * Shows a secret that the registry never shows again. Until it is copied, closing asks for confirmation, except by the
 * Done button. Open as long as it is rendered.
 */
export function SecretDialog({
  title,
  text,
  secret,
  copyLabel,
  onClosed,
  children,
}: {
  title: string
  /** How to use it. */
  text: string
  secret: string
  copyLabel: string
  onClosed: () => void
  /** Ready-made configuration that contains the secret. */
  children?: ReactNode
}): ReactElement {
  const { common } = useMessages()
  const [open, setOpen] = useState(true)
  const [copied, setCopied] = useState(false)
  const { close, askToClose, holder } = useCloseGuard(open && !copied, common.secretNotCopied, () => setOpen(false))
  return (
    <Modal
      open={open}
      title={title}
      mask={{ closable: false }}
      closable={{ 'aria-label': common.close }}
      onCancel={askToClose}
      afterClose={onClosed}
      width={children ? 680 : 520}
      footer={
        <Button type="primary" onClick={close}>
          {common.done}
        </Button>
      }
    >
      <OnCopied value={(text) => text.includes(secret) && setCopied(true)}>
        {/* Copying a selection counts too: it may include the secret. */}
        <div onCopy={() => setCopied(true)}>
          <p>{text}</p>
          <p className={styles.secret}>
            <code>{secret}</code>
            <CopyButton text={secret} label={copyLabel} />
          </p>
          {children}
        </div>
      </OnCopied>
      {holder}
    </Modal>
  )
}
