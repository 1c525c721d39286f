import { createElement, type ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { announce } from './announce.ts'
import { feedback } from './feedback.ts'
import { focusHeadingWhenLost } from './focus-heading.ts'

/** A deletion that is asked about before it is done. */
export interface Deletion {
  /** The question: "Delete 3 charts?" */
  readonly title: string
  /** What goes, by the names that people know. */
  readonly names: readonly string[]
  /** What else goes with it, or stays. */
  readonly note?: ReactNode
  /** What has to be typed before the button works: for what takes much with it. */
  readonly typeToConfirm?: string | undefined
  /** The deletion itself, as one request. While it is rejected the dialog stays and says why. */
  readonly onConfirm: () => Promise<unknown>
}

/**
 * Asks before something is deleted for good. The returned function resolves to whether it was: `false` after Cancel.
 */
export function useConfirmDeletion(): (deletion: Deletion) => Promise<boolean> {
  const { common } = useMessages()

  return async ({ title, names, note, typeToConfirm, onConfirm }) => {
    const { modal, DeletionText } = await feedback()
    const setTyped = (typed: string) =>
      dialog.update({ okButtonProps: { danger: true, disabled: typed.trim() !== typeToConfirm } })
    const text = (error?: Error) => createElement(DeletionText, { names, note, typeToConfirm, setTyped, error })
    const dialog = modal.confirm({
      title,
      content: text(),
      width: 520,
      okText: common.deleteNumber(names.length),
      cancelText: common.cancel,
      okButtonProps: { danger: true, disabled: typeToConfirm !== undefined },
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
