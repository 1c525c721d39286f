import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type * as z from 'zod/mini'
import type { Account, accountEndpoints } from '../../contract/console/accounts.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { Clipped } from '../ui/Clipped.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import type { ListParams } from '../ui/list-search-params.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { AccountChange } from './ChangeAccountDialog.tsx'
import peopleStyles from './people.module.css'
import type { peopleListParams } from './people-list-params.ts'

/** A page of the account list. On narrow screens, the content of hidden columns is shown below the name. */
export function AccountsTable({
  list,
  view,
  setView,
  stale,
  onChange,
  onReset,
}: {
  list: z.output<typeof accountEndpoints.list.response>
  view: ListParams<typeof peopleListParams>
  setView: SetListParams<typeof peopleListParams>
  stale: boolean
  onChange: (account: Account, change: AccountChange) => void
  onReset: (account: Account) => void
}): ReactElement {
  const { common, people } = useMessages()
  const lastSignIn = ({ lastSignIn: time }: Account) => (time === null ? people.never : formatTime(time))
  const columns: ListColumn<Account>[] = [
    {
      key: 'name',
      title: people.account,
      render: (account) => (
        <>
          <span className={peopleStyles.name}>
            <Clipped text={account.name}>
              <MatchedText text={account.name} query={view.q} />
            </Clipped>
          </span>
          {account.disabled && <Badge tone="attention">{people.disabled}</Badge>}
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>{people.roles[account.role]}</span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {people.lastSignIn}: {lastSignIn(account)}
          </span>
        </>
      ),
    },
    { key: 'role', title: people.role, from: 'medium', nowrap: true, render: ({ role }) => people.roles[role] },
    {
      key: 'by',
      title: people.signsInBy,
      from: 'large',
      render: ({ signsInBy }) =>
        [signsInBy.password && people.byPassword, signsInBy.provider && people.byProvider]
          .filter(Boolean)
          .join(' · ') || common.none,
    },
    { key: 'last', title: people.lastSignIn, from: 'medium', nowrap: true, render: lastSignIn },
    {
      key: 'created',
      title: common.created,
      from: 'wide',
      nowrap: true,
      render: ({ created }) => formatTime(created),
    },
    {
      key: 'operation',
      actions: true,
      title: common.operation,
      render: (account) => <RowActions account={account} onChange={onChange} onReset={onReset} />,
    },
  ]
  return (
    <ListTable
      label={people.accountsList}
      columns={columns}
      rows={list.items}
      rowKey={({ id }) => id}
      nameOf={({ name }) => name}
      stale={stale}
      paging={{ view, setView, total: list.total }}
    />
  )
}

function RowActions({
  account,
  onChange,
  onReset,
}: {
  account: Account
  onChange: (account: Account, change: AccountChange) => void
  onReset: (account: Account) => void
}) {
  const { people } = useMessages()
  const { name, role, disabled } = account
  const promote = role === 'member'
  return (
    <span className={cellsStyles.rowActions}>
      <RowAction aria-label={people.resetPasswordOf(name)} onClick={() => onReset(account)}>
        {people.resetPassword}
      </RowAction>
      <RowAction
        aria-label={promote ? people.makeAdministratorOf(name) : people.makeMemberOf(name)}
        onClick={() => onChange(account, { role: promote ? 'administrator' : 'member' })}
      >
        {promote ? people.makeAdministrator : people.makeMember}
      </RowAction>
      <RowAction
        danger={!disabled}
        aria-label={disabled ? people.enableOf(name) : people.disableOf(name)}
        onClick={() => onChange(account, { disabled: !disabled })}
      >
        {disabled ? people.enable : people.disable}
      </RowAction>
    </span>
  )
}
