import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import type { ReactElement } from 'react'
import { namespaceQueries, setNamespaceImmutable } from '../api/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'

/** Says what it means that versions of a namespace can no longer be changed, or can again, and does it. */
export function NamespaceImmutableDialog({
  instanceId,
  name,
  immutable,
  onClosed,
}: {
  instanceId: string
  name: string
  /** What it is now. */
  immutable: boolean
  onClosed: () => void
}): ReactElement {
  const { namespaces } = useMessages()
  const { message } = App.useApp()
  const change = useMutation({
    mutationFn: () => setNamespaceImmutable(instanceId, name, !immutable),
    meta: { errorShown: true, invalidates: [namespaceQueries.all(instanceId)] },
  })
  return (
    <FormDialog
      title={immutable ? namespaces.makeMutableOf(name) : namespaces.makeImmutableOf(name)}
      submitLabel={immutable ? namespaces.makeMutable : namespaces.makeImmutable}
      danger={immutable}
      pending={change.isPending}
      error={change.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        change.mutate(undefined, {
          onSuccess: () => {
            void message.success(immutable ? namespaces.madeMutable(name) : namespaces.madeImmutable(name))
            close()
          },
        })
      }
    >
      {immutable ? (
        <p>{namespaces.mutableText(name)}</p>
      ) : (
        <>
          <p>{namespaces.immutableText(name)}</p>
          <ul>
            {namespaces.immutableRules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </>
      )}
    </FormDialog>
  )
}
