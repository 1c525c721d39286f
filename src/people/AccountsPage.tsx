import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Account } from '../../contract/console/accounts.ts'
import { accountQueries } from '../api/accounts.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ListPanel } from '../ui/ListPanel.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { NoMatches } from '../ui/NoMatches.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { AccountsTable } from './AccountsTable.tsx'
import type { AccountChange } from './ChangeAccountDialog.tsx'
import { GeneratedPasswordDialog } from './GeneratedPasswordDialog.tsx'
import { peopleListParams, peopleListQuery } from './people-list-params.ts'

const CreateAccountDialog = lazyPart(async () => (await import('./CreateAccountDialog.tsx')).CreateAccountDialog)
const ResetPasswordDialog = lazyPart(async () => (await import('./ResetPasswordDialog.tsx')).ResetPasswordDialog)
const ChangeAccountDialog = lazyPart(async () => (await import('./ChangeAccountDialog.tsx')).ChangeAccountDialog)

type OpenDialog =
  | { kind: 'create' }
  | { kind: 'reset'; account: Account }
  | { kind: 'change'; account: Account; change: AccountChange }
  | { kind: 'generated'; account: string; password: string }

/** Lists the accounts of the registry. */
export function AccountsPage(): ReactElement {
  const { people } = useMessages()
  const [view, setView] = useListSearchParams(peopleListParams)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const query = useQuery(accountQueries.list(peopleListQuery(view)))
  const close = () => setDialog(null)
  const showGenerated = (account: string, password: string) => setDialog({ kind: 'generated', account, password })

  return (
    <>
      <PageHeader
        title={people.accounts}
        description={people.accountsLead}
        extra={
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog({ kind: 'create' })}>
            {people.createAccount}
          </Button>
        }
      />
      <ListPanel
        label={people.accountsList}
        search={people.searchAccounts}
        view={view}
        setView={setView}
        query={query}
        rowsOf={(list) => list.items}
        empty={
          <NoMatches
            title={people.accountsNotFound(view.q)}
            text={people.notFoundText}
            onClear={() => setView({ q: '' })}
          />
        }
      >
        {(list) => (
          <AccountsTable
            list={list}
            view={view}
            setView={setView}
            stale={query.isPlaceholderData}
            onChange={(account, change) => setDialog({ kind: 'change', account, change })}
            onReset={(account) => setDialog({ kind: 'reset', account })}
          />
        )}
      </ListPanel>
      <PartBoundary onFailed={close}>
        {dialog?.kind === 'create' && <CreateAccountDialog onGenerated={showGenerated} onClosed={close} />}
        {dialog?.kind === 'reset' && (
          <ResetPasswordDialog account={dialog.account} onGenerated={showGenerated} onClosed={close} />
        )}
        {dialog?.kind === 'change' && (
          <ChangeAccountDialog account={dialog.account} change={dialog.change} onClosed={close} />
        )}
        {dialog?.kind === 'generated' && (
          <GeneratedPasswordDialog account={dialog.account} password={dialog.password} onClosed={close} />
        )}
      </PartBoundary>
    </>
  )
}
