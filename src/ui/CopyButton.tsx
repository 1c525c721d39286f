import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useContext, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { announce } from './announce.ts'
import { copyText } from './copy-text.ts'
import { showError } from './feedback.ts'
import { OnCopied } from './on-copied.ts'

/** How long the check mark is shown. */
const COPIED_FOR_MS = 2000

/** A button that copies `text` to the clipboard. `label` is its full accessible name: "Copy the address of nginx". */
export function CopyButton({ text, label }: { text: string; label: string }): ReactElement {
  const { common } = useMessages()
  const [copied, setCopied] = useState(false)
  const onCopied = useContext(OnCopied)

  async function copy() {
    if (!(await copyText(text))) {
      showError(common.copyFailed)
      return
    }
    onCopied(text)
    announce(common.copied)
    setCopied(true)
    setTimeout(() => setCopied(false), COPIED_FOR_MS)
  }

  return (
    <Button
      type="text"
      size="small"
      aria-label={label}
      title={copied ? common.copied : label}
      icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      onClick={() => void copy()}
    />
  )
}
