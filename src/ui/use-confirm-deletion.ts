import { createElement, type ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { announce } from './announce.ts'
import { DeletionText } from './DeletionText.tsx'
import { feedback } from './feedback.ts'

/** A deletion that is asked about before it is done. */
export interface Deletion {
  /** The question: "Delete 3 charts?" */
  readonly title: string
  /** What goes, by the names that people know. */
  readonly names: readonly string[]
  /** What else goes with it, or stays. */
  readonly note?: ReactNode
  /** The deletion itself, as one request. While it is rejected the dialog stays and says why. */
  readonly onConfirm: () => Promise<unknown>
}

/**
 * Asks before something is deleted for good. The returned function resolves to whether it was: `false` after Cancel.
 */
export function useConfirmDeletion(): (deletion: Deletion) => Promise<boolean> {
  const { common } = useMessages()

  return async ({ title, names, note, onConfirm }) => {
    const { modal } = await feedback()
    const text = (error?: Error) => createElement(DeletionText, { names, note, error })
    const dialog = modal.confirm({
      title,
      content: text(),
      width: 520,
      okText: common.deleteNumber(names.length),
      cancelText: common.cancel,
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: 'cancel' },
      // After antd has taken the dialog away, and with it what had the focus.
      afterClose: () => setTimeout(focusHeadingWhenLost, 50),
      onOk: async () => {
        dialog.update({ content: text() })
        try {
          await onConfirm()
        } catch (error) {
          dialog.update({ content: text(error instanceof Error ? error : new Error(String(error))) })
          throw error
        }
      },
    })
    const confirmed = await dialog
    if (confirmed) announce(common.deleted(names.length))
    return confirmed
  }
}

/** The button that opened the dialog may have gone with its row; then the reader starts again from the page's heading. */
function focusHeadingWhenLost() {
  const focused = document.activeElement
  if (focused && focused !== document.body) return
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
