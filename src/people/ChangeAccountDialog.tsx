import type { ReactElement } from 'react'
import type { Account } from '../../contract/console/accounts.ts'
import { accountQueries, updateAccount } from '../api/accounts.ts'
import { sessionQueries } from '../api/session.ts'
import type { Messages } from '../i18n/messages.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ConfirmationDialog } from '../ui/ConfirmationDialog.tsx'

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
  return (
    <ConfirmationDialog
      title={texts.title}
      submitLabel={texts.submit}
      done={texts.done}
      danger={texts.danger}
      onConfirm={() => updateAccount(account.id, change)}
      // The session too: it may be the user's own account.
      invalidates={[accountQueries.all(), sessionQueries.current().queryKey]}
      onClosed={onClosed}
    >
      <p>{texts.text}</p>
    </ConfirmationDialog>
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
