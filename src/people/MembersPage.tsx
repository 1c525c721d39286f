import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import type { MemberGrant } from '../../contract/console/members.ts'
import { memberQueries } from '../api/members.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { InstancePageHeader } from '../instances/InstancePageHeader.tsx'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { NoMatches } from '../ui/NoMatches.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { MembersTable } from './MembersTable.tsx'
import { peopleListParams, peopleListQuery } from './people-list-params.ts'

const GrantRoleDialog = lazyPart(async () => (await import('./GrantRoleDialog.tsx')).GrantRoleDialog)
const RevokeGrantDialog = lazyPart(async () => (await import('./RevokeGrantDialog.tsx')).RevokeGrantDialog)

type OpenDialog = { kind: 'grant'; account?: string } | { kind: 'revoke'; account: string; grant: MemberGrant }

/** Lists the members of an instance and their roles. */
export function MembersPage(): ReactElement {
  const { people } = useMessages()
  const instanceId = useInstanceId()
  const [view, setView] = useListSearchParams(peopleListParams)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const query = useQuery(memberQueries.list(instanceId, peopleListQuery(view)))
  const addButton = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog({ kind: 'grant' })}>
      {people.addMember}
    </Button>
  )
  return (
    <>
      <InstancePageHeader
        instanceId={instanceId}
        title={people.members}
        description={people.membersLead}
        extra={addButton}
      />
      <ListPanel
        label={people.membersList}
        search={people.searchMembers}
        view={view}
        setView={setView}
        query={query}
        rowsOf={(list) => list.items}
        empty={
          view.q === '' ? (
            <EmptyState title={people.noMembers} text={people.noMembersText} action={addButton} />
          ) : (
            <NoMatches
              title={people.membersNotFound(view.q)}
              text={people.notFoundText}
              onClear={() => setView({ q: '' })}
            />
          )
        }
      >
        {(list) => (
          <MembersTable
            list={list}
            view={view}
            setView={setView}
            stale={query.isPlaceholderData}
            onGrant={(account) => setDialog({ kind: 'grant', account })}
            onRevoke={(account, grant) => setDialog({ kind: 'revoke', account, grant })}
          />
        )}
      </ListPanel>
      <PartBoundary onFailed={() => setDialog(null)}>
        {dialog?.kind === 'grant' && (
          <GrantRoleDialog instanceId={instanceId} account={dialog.account} onClosed={() => setDialog(null)} />
        )}
        {dialog?.kind === 'revoke' && (
          <RevokeGrantDialog
            instanceId={instanceId}
            account={dialog.account}
            grant={dialog.grant}
            onClosed={() => setDialog(null)}
          />
        )}
      </PartBoundary>
    </>
  )
}
