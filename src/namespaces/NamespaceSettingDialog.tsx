import { useMutation } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { namespaceQueries, setNamespaceAccess, setNamespaceImmutable } from '../api/namespaces.ts'
import type { Messages } from '../i18n/messages.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'

/** A setting of a namespace that is about to be another. */
export type NamespaceChange =
  | { readonly setting: 'public'; readonly to: boolean; readonly name: string; readonly charts: number }
  | { readonly setting: 'immutable'; readonly to: boolean; readonly name: string }

/** Says what it means to change a setting of a namespace, and does it. */
export function NamespaceSettingDialog({
  instanceId,
  change,
  onClosed,
}: {
  instanceId: string
  change: NamespaceChange
  onClosed: () => void
}): ReactElement {
  const { namespaces } = useMessages()
  const set = change.setting === 'public' ? setNamespaceAccess : setNamespaceImmutable
  const mutation = useMutation({
    mutationFn: () => set(instanceId, change.name, change.to),
    meta: { errorShown: true, invalidates: [namespaceQueries.all(instanceId)] },
  })
  const words = wordsOf(change, namespaces)
  return (
    <FormDialog
      title={words.title}
      submitLabel={words.submit}
      danger={words.danger}
      pending={mutation.isPending}
      error={mutation.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        mutation.mutate(undefined, {
          onSuccess: () => {
            showSuccess(words.done)
            close()
          },
        })
      }
    >
      {words.text}
    </FormDialog>
  )
}

interface Words {
  readonly title: string
  readonly submit: string
  readonly done: string
  /** Whether somebody may get at more than before. */
  readonly danger: boolean
  readonly text: ReactNode
}

function wordsOf(change: NamespaceChange, namespaces: Messages['namespaces']): Words {
  const { name } = change
  if (change.setting === 'public' && change.to) {
    return {
      title: namespaces.makePublicOf(name),
      submit: namespaces.makePublic,
      done: namespaces.madePublic(name),
      danger: true,
      text: (
        <>
          <p>{namespaces.publicWarning(name, change.charts)}</p>
          <p>{namespaces.publicWarningMore}</p>
        </>
      ),
    }
  }
  if (change.setting === 'public') {
    return {
      title: namespaces.makePrivateOf(name),
      submit: namespaces.makePrivate,
      done: namespaces.madePrivate(name),
      danger: false,
      text: <p>{namespaces.privateWarning(name)}</p>,
    }
  }
  if (change.to) {
    return {
      title: namespaces.makeImmutableOf(name),
      submit: namespaces.makeImmutable,
      done: namespaces.madeImmutable(name),
      danger: false,
      text: (
        <>
          <p>{namespaces.immutableText(name)}</p>
          <ul>
            {namespaces.immutableRules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </>
      ),
    }
  }
  return {
    title: namespaces.makeMutableOf(name),
    submit: namespaces.makeMutable,
    done: namespaces.madeMutable(name),
    danger: true,
    text: <p>{namespaces.mutableText(name)}</p>,
  }
}
