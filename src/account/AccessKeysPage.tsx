import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import type { AccessKey } from '../../contract/console/access-keys.ts'
import { accessKeyQueries, type NewAccessKey, removeAccessKey } from '../api/access-keys.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { AccessKeysTable } from './AccessKeysTable.tsx'
import { NewAccessKeyDialog } from './NewAccessKeyDialog.tsx'

const CreateAccessKeyDialog = lazyPart(async () => (await import('./CreateAccessKeyDialog.tsx')).CreateAccessKeyDialog)
const RotateAccessKeyDialog = lazyPart(async () => (await import('./RotateAccessKeyDialog.tsx')).RotateAccessKeyDialog)
const DisableAccessKeyDialog = lazyPart(
  async () => (await import('./DisableAccessKeyDialog.tsx')).DisableAccessKeyDialog,
)

type OpenDialog =
  | { kind: 'create' }
  | { kind: 'created'; pair: NewAccessKey; old?: AccessKey }
  | { kind: 'rotate' | 'disable'; accessKey: AccessKey }

/** The signed-in user's access keys, with which programs sign requests to the management API. */
export function AccessKeysPage(): ReactElement {
  const { accessKeys, people } = useMessages()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const query = useQuery(accessKeyQueries.list())
  const confirmDeletion = useConfirmDeletion()
  const remove = useMutation({
    mutationFn: removeAccessKey,
    meta: { errorShown: true, invalidates: [accessKeyQueries.list().queryKey] },
  })
  const close = () => setDialog(null)
  const createButton = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog({ kind: 'create' })}>
      {accessKeys.create}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={accessKeys.title}
        breadcrumb={[{ title: people.ownAccount, to: paths.account() }, { title: accessKeys.title }]}
        description={accessKeys.lead}
        extra={createButton}
      />
      <ListPanel
        label={accessKeys.title}
        query={query}
        rowsOf={(list) => list.items}
        empty={<EmptyState title={accessKeys.none} text={accessKeys.noneText} action={createButton} />}
      >
        {(list) => (
          <AccessKeysTable
            items={list.items}
            onRotate={(accessKey) => setDialog({ kind: 'rotate', accessKey })}
            onDisable={(accessKey) => setDialog({ kind: 'disable', accessKey })}
            onDelete={({ id, description, configured }) =>
              void confirmDeletion({
                title: accessKeys.deleteTitle,
                names: [[id, description].filter(Boolean).join(' · ')],
                note: configured ? accessKeys.deleteConfigured : accessKeys.deleteText,
                onConfirm: () => remove.mutateAsync(id),
              })
            }
          />
        )}
      </ListPanel>
      <PartBoundary onFailed={close}>
        {dialog?.kind === 'create' && (
          <CreateAccessKeyDialog onCreated={(pair) => setDialog({ kind: 'created', pair })} onClosed={close} />
        )}
        {dialog?.kind === 'rotate' && (
          <RotateAccessKeyDialog
            accessKey={dialog.accessKey}
            onCreated={(pair) => setDialog({ kind: 'created', pair, old: dialog.accessKey })}
            onClosed={close}
          />
        )}
        {dialog?.kind === 'created' && <NewAccessKeyDialog pair={dialog.pair} old={dialog.old} onClosed={close} />}
        {dialog?.kind === 'disable' && <DisableAccessKeyDialog accessKey={dialog.accessKey} onClosed={close} />}
      </PartBoundary>
    </>
  )
}
