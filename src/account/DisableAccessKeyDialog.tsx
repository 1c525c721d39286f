import type { ReactElement } from 'react'
import type { AccessKey } from '../../contract/console/access-keys.ts'
import { accessKeyQueries, setAccessKeyDisabled } from '../api/access-keys.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ConfirmationDialog } from '../ui/ConfirmationDialog.tsx'

/** Confirms disabling an access key, or enabling a disabled one, and does so. */
export function DisableAccessKeyDialog({
  accessKey: { id, disabled },
  onClosed,
}: {
  accessKey: AccessKey
  onClosed: () => void
}): ReactElement {
  const { accessKeys, people } = useMessages()
  return (
    <ConfirmationDialog
      danger={!disabled}
      title={disabled ? accessKeys.enableOf(id) : accessKeys.disableOf(id)}
      submitLabel={disabled ? people.enable : people.disable}
      done={disabled ? accessKeys.enabledNow(id) : accessKeys.disabledNow(id)}
      onConfirm={() => setAccessKeyDisabled(id, !disabled)}
      invalidates={[accessKeyQueries.list().queryKey]}
      onClosed={onClosed}
    >
      <p>{disabled ? accessKeys.enableText : accessKeys.disableText}</p>
    </ConfirmationDialog>
  )
}
