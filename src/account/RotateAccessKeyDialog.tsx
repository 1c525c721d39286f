import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { AccessKey } from '../../contract/console/access-keys.ts'
import { accessKeyQueries, makeAccessKey, type NewAccessKey } from '../api/access-keys.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'

/** Creates a replacement for an access key. The old key works until it is disabled. */
export function RotateAccessKeyDialog({
  accessKey,
  onCreated,
  onClosed,
}: {
  accessKey: AccessKey
  onCreated: (pair: NewAccessKey) => void
  onClosed: () => void
}): ReactElement {
  const { accessKeys } = useMessages()
  const rotate = useMutation({
    mutationFn: () => makeAccessKey(accessKey.description),
    meta: { errorShown: true, invalidates: [accessKeyQueries.list().queryKey] },
  })
  return (
    <FormDialog
      title={accessKeys.rotateOf(accessKey.id)}
      submitLabel={accessKeys.rotate}
      pending={rotate.isPending}
      error={rotate.error}
      onClosed={onClosed}
      onSubmit={() => rotate.mutate(undefined, { onSuccess: onCreated })}
    >
      <p>{accessKeys.rotateText}</p>
    </FormDialog>
  )
}
