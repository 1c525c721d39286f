import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Account } from '../../contract/console/accounts.ts'
import { accountQueries, updateAccount } from '../api/accounts.ts'
import { sessionQueries } from '../api/session.ts'
import type { Messages } from '../i18n/messages.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'

/** A change of an account that needs confirmation. */
export type AccountChange = { role: Account['role'] } | { disabled: boolean }

/** Dialog that explains and makes a change of an account: its role, or disabling and enabling it. */
export function ChangeAccountDialog({
  account,
  change,
  onClosed,
}: {
  account: Account
  change: AccountChange
  onClosed: () => void
}): ReactElement {
  const { people } = useMessages()
  const texts = textsOf(people, account.name, change)
  const save = useMutation({
    mutationFn: () => updateAccount(account.id, change),
    // The session too: it may be the user's own account.
    meta: { errorShown: true, invalidates: [accountQueries.all(), sessionQueries.current().queryKey] },
  })
  return (
    <FormDialog
      danger={texts.danger}
      title={texts.title}
      submitLabel={texts.submit}
      pending={save.isPending}
      error={save.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        save.mutate(undefined, {
          onSuccess: () => {
            showSuccess(texts.done)
            close()
          },
        })
      }
    >
      <p>{texts.text}</p>
    </FormDialog>
  )
}

function textsOf(people: Messages['people'], name: string, change: AccountChange) {
  if ('role' in change) {
    const done = people.madeRole(name, people.roles[change.role])
    return change.role === 'administrator'
      ? {
          danger: true,
          title: people.makeAdministratorOf(name),
          submit: people.makeAdministrator,
          text: people.makeAdministratorText(name),
          done,
        }
      : {
          danger: true,
          title: people.makeMemberOf(name),
          submit: people.makeMember,
          text: people.makeMemberText(name),
          done,
        }
  }
  return change.disabled
    ? {
        danger: true,
        title: people.disableOf(name),
        submit: people.disable,
        text: people.disableText(name),
        done: people.disabledNow(name),
      }
    : {
        danger: false,
        title: people.enableOf(name),
        submit: people.enable,
        text: people.enableText(name),
        done: people.enabledNow(name),
      }
}
