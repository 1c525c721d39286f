import { Button, Modal } from 'antd'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from './CopyButton.tsx'
import { OnCopied } from './on-copied.ts'
import styles from './SecretDialog.module.css'
import { useCloseGuard } from './use-close-guard.tsx'

/**
 * Shows a secret that the registry does not tell again. Until it was copied, only the Done button closes the dialog
 * without asking. Rendered means open.
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
        {/* Copied by hand, the secret may be part of what was selected. */}
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
