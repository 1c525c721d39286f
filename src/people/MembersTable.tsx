import type { ReactElement } from 'react'
import type * as z from 'zod/mini'
import type { Member, MemberGrant, memberEndpoints } from '../../contract/console/members.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import cellsStyles from '../ui/cells.module.css'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import type { ListParams } from '../ui/list-search-params.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import { RowAction } from '../ui/RowAction.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import styles from './MembersTable.module.css'
import peopleStyles from './people.module.css'
import type { peopleListParams } from './people-list-params.ts'
import { useGrantText } from './use-grant-text.ts'

/** A page of the member list of an instance, with the roles of each member. */
export function MembersTable({
  list,
  view,
  setView,
  stale,
  onGrant,
  onRevoke,
}: {
  list: z.output<typeof memberEndpoints.list.response>
  view: ListParams<typeof peopleListParams>
  setView: SetListParams<typeof peopleListParams>
  stale: boolean
  onGrant: (account: string) => void
  onRevoke: (account: string, grant: MemberGrant) => void
}): ReactElement {
  const { common, people } = useMessages()
  const grantsOf = (member: Member) => <Grants of={member} onRevoke={(grant) => onRevoke(member.account, grant)} />
  const columns: ListColumn<Member>[] = [
    {
      key: 'account',
      title: people.account,
      render: (member) => (
        <>
          <span className={peopleStyles.name}>
            <MatchedText text={member.account} query={view.q} />
          </span>
          {member.disabled && <Badge tone="attention">{people.disabled}</Badge>}
          <div className={cellsStyles.belowMedium}>{grantsOf(member)}</div>
        </>
      ),
    },
    { key: 'grants', title: people.grants, from: 'medium', render: grantsOf },
    {
      key: 'operation',
      actions: true,
      title: common.operation,
      render: ({ account }) => (
        <span className={cellsStyles.rowActions}>
          <RowAction aria-label={people.addRoleOf(account)} onClick={() => onGrant(account)}>
            {people.addRole}
          </RowAction>
        </span>
      ),
    },
  ]
  return (
    <ListTable
      label={people.membersList}
      columns={columns}
      rows={list.items}
      rowKey={({ account }) => account}
      nameOf={({ account }) => account}
      stale={stale}
      paging={{ view, setView, total: list.total }}
    />
  )
}

function Grants({ of: { account, grants }, onRevoke }: { of: Member; onRevoke: (grant: MemberGrant) => void }) {
  const { people } = useMessages()
  const grantText = useGrantText()
  return (
    <ul className={styles.grants}>
      {grants.map((grant) => (
        <li key={`${grant.source} ${grant.namespace}`}>
          <span>{grantText(grant)}</span>
          {grant.source === 'oidc' ? (
            <span title={people.fromProviderHelp}>
              <Badge>{people.fromProvider}</Badge>
            </span>
          ) : (
            <RowAction
              danger
              aria-label={people.removeRoleOf(account, grantText(grant))}
              onClick={() => onRevoke(grant)}
            >
              {people.removeRole}
            </RowAction>
          )}
        </li>
      ))}
    </ul>
  )
}
