import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { MemberGrant } from '../../contract/console/members.ts'
import { memberQueries, revokeRole } from '../api/members.ts'
import { sessionQueries } from '../api/session.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { useGrantText } from './use-grant-text.ts'

/** Dialog that revokes a role from an account. */
export function RevokeGrantDialog({
  instanceId,
  account,
  grant,
  onClosed,
}: {
  instanceId: string
  account: string
  grant: MemberGrant
  onClosed: () => void
}): ReactElement {
  const { people } = useMessages()
  const grantText = useGrantText()
  const revoke = useMutation({
    mutationFn: () => revokeRole(instanceId, account, grant.namespace),
    // The session too: it may be the user's own role.
    meta: { errorShown: true, invalidates: [memberQueries.all(instanceId), sessionQueries.current().queryKey] },
  })
  return (
    <FormDialog
      danger
      title={people.removeRoleTitle}
      submitLabel={people.removeRole}
      pending={revoke.isPending}
      error={revoke.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        revoke.mutate(undefined, {
          onSuccess: () => {
            showSuccess(people.roleRemoved(account))
            close()
          },
        })
      }
    >
      <p>{people.removeRoleText(account, grantText(grant))}</p>
    </FormDialog>
  )
}
