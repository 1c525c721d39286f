import type { ReactElement } from 'react'
import type * as z from 'zod/mini'
import type { listMembers, Member, MemberGrant } from '../../contract/console/members.ts'
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
import { useGrantWords } from './use-grant-words.ts'

/** A page of the members of an instance. */
export function MembersTable({
  list,
  view,
  setView,
  stale,
  onGive,
  onTake,
}: {
  list: z.output<typeof listMembers.response>
  view: ListParams<typeof peopleListParams>
  setView: SetListParams<typeof peopleListParams>
  stale: boolean
  onGive: (account: string) => void
  onTake: (account: string, grant: MemberGrant) => void
}): ReactElement {
  const { common, people } = useMessages()
  const grantsOf = (member: Member) => <Grants of={member} onTake={(grant) => onTake(member.account, grant)} />
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
          <RowAction aria-label={people.giveRoleOf(account)} onClick={() => onGive(account)}>
            {people.giveRole}
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

function Grants({ of: { account, grants }, onTake }: { of: Member; onTake: (grant: MemberGrant) => void }) {
  const { people } = useMessages()
  const wordsOf = useGrantWords()
  return (
    <ul className={styles.grants}>
      {grants.map((grant) => (
        <li key={`${grant.source} ${grant.namespace}`}>
          <span>{wordsOf(grant)}</span>
          {grant.source === 'oidc' ? (
            <span title={people.fromProviderHelp}>
              <Badge>{people.fromProvider}</Badge>
            </span>
          ) : (
            <RowAction danger aria-label={people.takeOf(account, wordsOf(grant))} onClick={() => onTake(grant)}>
              {people.take}
            </RowAction>
          )}
        </li>
      ))}
    </ul>
  )
}
