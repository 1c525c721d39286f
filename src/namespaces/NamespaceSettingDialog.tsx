import type { ReactElement, ReactNode } from 'react'
import { namespaceQueries, setNamespaceAccess, setNamespaceImmutable } from '../api/namespaces.ts'
import type { Messages } from '../i18n/messages.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { ConfirmationDialog } from '../ui/ConfirmationDialog.tsx'

/** A change of a namespace setting that needs confirmation. */
export type NamespaceChange =
  | { readonly setting: 'public'; readonly to: boolean; readonly name: string; readonly charts: number }
  | { readonly setting: 'immutable'; readonly to: boolean; readonly name: string }

/** Dialog that explains a change of a namespace setting, and makes it. */
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
  const texts = textsOf(change, namespaces)
  return (
    <ConfirmationDialog
      title={texts.title}
      submitLabel={texts.submit}
      done={texts.done}
      danger={texts.danger}
      onConfirm={() => set(instanceId, change.name, change.to)}
      invalidates={[namespaceQueries.all(instanceId)]}
      onClosed={onClosed}
    >
      {texts.text}
    </ConfirmationDialog>
  )
}

interface Texts {
  readonly title: string
  readonly submit: string
  readonly done: string
  /** Whether the change allows more than before: public access or overwriting. */
  readonly danger: boolean
  readonly text: ReactNode
}

function textsOf(change: NamespaceChange, namespaces: Messages['namespaces']): Texts {
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
