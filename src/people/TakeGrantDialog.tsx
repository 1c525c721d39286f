import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { MemberGrant } from '../../contract/console/members.ts'
import { memberQueries, revokeRole } from '../api/members.ts'
import { sessionQueries } from '../api/session.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { useGrantWords } from './use-grant-words.ts'

/** Asks before somebody loses a role, and takes it. */
export function TakeGrantDialog({
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
  const wordsOf = useGrantWords()
  const take = useMutation({
    mutationFn: () => revokeRole(instanceId, account, grant.namespace),
    // It may be one's own.
    meta: { errorShown: true, invalidates: [memberQueries.all(instanceId), sessionQueries.current().queryKey] },
  })
  return (
    <FormDialog
      danger
      title={people.takeTitle}
      submitLabel={people.take}
      pending={take.isPending}
      error={take.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        take.mutate(undefined, {
          onSuccess: () => {
            showSuccess(people.taken(account))
            close()
          },
        })
      }
    >
      <p>{people.takeText(account, wordsOf(grant))}</p>
    </FormDialog>
  )
}
