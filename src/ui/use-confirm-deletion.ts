import { createElement, type ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { announce } from './announce.ts'
import { feedback } from './feedback.ts'
import { focusHeadingWhenLost } from './focus-heading.ts'

/** A deletion that needs confirmation. */
export interface Deletion {
  /** The question: "Delete 3 charts?" */
  readonly title: string
  /** Names of what is deleted. */
  readonly names: readonly string[]
  /** Notes on what else is deleted, or stays. */
  readonly note?: ReactNode
  /** Text to type before the button is enabled, for deletions of large extent. */
  readonly typeToConfirm?: string | undefined
  /** Deletes, in one request. If it rejects, the dialog stays open and shows the error. */
  readonly onConfirm: () => Promise<unknown>
}

/** Returns a function that asks for confirmation and deletes; it resolves to false if the user cancels. */
export function useConfirmDeletion(): (deletion: Deletion) => Promise<boolean> {
  const { common } = useMessages()

  return async ({ title, names, note, typeToConfirm, onConfirm }) => {
    const { modal, DeletionText, DialogFooter } = await feedback()
    const setTyped = (typed: string) =>
      dialog.update({ okButtonProps: { danger: true, disabled: typed.trim() !== typeToConfirm } })
    const footer = (error: Error | null) => (buttons: ReactNode) => createElement(DialogFooter, { error }, buttons)
    const dialog = modal.confirm({
      title,
      content: createElement(DeletionText, { names, note, typeToConfirm, setTyped }),
      footer: footer(null),
      width: 520,
      okText: common.deleteNumber(names.length),
      cancelText: common.cancel,
      okButtonProps: { danger: true, disabled: typeToConfirm !== undefined },
      focusable: { autoFocusButton: 'cancel' },
      // After antd has removed the dialog, and the focused element with it.
      afterClose: () => setTimeout(focusHeadingWhenLost, 50),
      onOk: async () => {
        dialog.update({ footer: footer(null) })
        try {
          await onConfirm()
        } catch (error) {
          dialog.update({ footer: footer(error instanceof Error ? error : new Error(String(error))) })
          throw error
        }
      },
    })
    const confirmed = await dialog
    if (confirmed) announce(common.deleted(names.length))
    return confirmed
  }
}
