import type { ReactElement } from 'react'
import type { MemberGrant } from '../../contract/console/members.ts'
import { memberQueries, revokeRole } from '../api/members.ts'
import { sessionQueries } from '../api/session.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ConfirmationDialog } from '../ui/ConfirmationDialog.tsx'
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
  return (
    <ConfirmationDialog
      danger
      title={people.removeRoleTitle}
      submitLabel={people.removeRole}
      done={people.roleRemoved(account)}
      onConfirm={() => revokeRole(instanceId, account, grant.namespace)}
      // The session too: it may be the user's own role.
      invalidates={[memberQueries.all(instanceId), sessionQueries.current().queryKey]}
      onClosed={onClosed}
    >
      <p>{people.removeRoleText(account, grantText(grant))}</p>
    </ConfirmationDialog>
  )
}
