import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { AccessKey } from '../../contract/console/access-keys.ts'
import { accessKeyQueries, setAccessKeyDisabled } from '../api/access-keys.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'

/** Confirms disabling an access key, or enabling a disabled one, and does so. */
export function DisableAccessKeyDialog({
  accessKey: { id, disabled },
  onClosed,
}: {
  accessKey: AccessKey
  onClosed: () => void
}): ReactElement {
  const { accessKeys, people } = useMessages()
  const change = useMutation({
    mutationFn: () => setAccessKeyDisabled(id, !disabled),
    meta: { errorShown: true, invalidates: [accessKeyQueries.list().queryKey] },
  })
  return (
    <FormDialog
      danger={!disabled}
      title={disabled ? accessKeys.enableOf(id) : accessKeys.disableOf(id)}
      submitLabel={disabled ? people.enable : people.disable}
      pending={change.isPending}
      error={change.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        change.mutate(undefined, {
          onSuccess: () => {
            showSuccess(disabled ? accessKeys.enabledNow(id) : accessKeys.disabledNow(id))
            close()
          },
        })
      }
    >
      <p>{disabled ? accessKeys.enableText : accessKeys.disableText}</p>
    </FormDialog>
  )
}
