import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import type { ReactElement } from 'react'
import type { Project } from '../../contract/ccr/namespaces.ts'
import { namespaceQueries, setNamespaceAccess } from '../api/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'

/** Says what it means to open or to close a namespace, and does it. */
export function NamespaceAccessDialog({
  instanceId,
  namespace,
  onClosed,
}: {
  instanceId: string
  namespace: Project
  onClosed: () => void
}): ReactElement {
  const { namespaces } = useMessages()
  const { message } = App.useApp()
  const { projectName: name } = namespace
  const toPublic = namespace.public === 'false'
  const change = useMutation({
    mutationFn: () => setNamespaceAccess(instanceId, name, toPublic),
    meta: { errorShown: true, invalidates: [namespaceQueries.all(instanceId)] },
  })
  return (
    <FormDialog
      title={toPublic ? namespaces.makePublicOf(name) : namespaces.makePrivateOf(name)}
      submitLabel={toPublic ? namespaces.makePublic : namespaces.makePrivate}
      danger={toPublic}
      pending={change.isPending}
      error={change.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        change.mutate(undefined, {
          onSuccess: () => {
            void message.success(toPublic ? namespaces.madePublic(name) : namespaces.madePrivate(name))
            close()
          },
        })
      }
    >
      {toPublic ? (
        <>
          <p>{namespaces.publicWarning(name, namespace.chartCount)}</p>
          <p>{namespaces.publicWarningMore}</p>
        </>
      ) : (
        <p>{namespaces.privateWarning(name)}</p>
      )}
    </FormDialog>
  )
}
