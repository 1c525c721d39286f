import { type QueryKey, useMutation } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { FormDialog } from './FormDialog.tsx'
import { showSuccess } from './feedback.ts'

/** A dialog that explains an action and performs it on confirmation. A failure is shown in the dialog, which stays. */
export function ConfirmationDialog({
  title,
  submitLabel,
  done,
  danger,
  onConfirm,
  invalidates,
  onClosed,
  children,
}: {
  title: string
  submitLabel: string
  /** Message shown on success. */
  done: string
  danger: boolean
  onConfirm: () => Promise<unknown>
  /** Queries that the action changes. */
  invalidates: QueryKey[]
  onClosed: () => void
  /** The explanation. */
  children: ReactNode
}): ReactElement {
  const action = useMutation({ mutationFn: onConfirm, meta: { errorShown: true, invalidates } })
  return (
    <FormDialog
      title={title}
      submitLabel={submitLabel}
      danger={danger}
      pending={action.isPending}
      error={action.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        action.mutate(undefined, {
          onSuccess: () => {
            showSuccess(done)
            close()
          },
        })
      }
    >
      {children}
    </FormDialog>
  )
}
