import { PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { brokenNamespaceNameRules } from '../../contract/domain/namespace-name.ts'
import { instanceQueries } from '../api/instances.ts'
import { makeNamespace } from '../api/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { useMay } from '../session/use-may.ts'
import { showSuccess } from '../ui/feedback.ts'
import styles from './use-create-option.module.css'

/** Value of the option in a namespace select; not a valid namespace name. */
export const CREATE = ' '

/**
 * The option “Create namespace …” at the end of a namespace select, for the `typed` name. Disabled, with the reason, if
 * the name is invalid or taken, or the user may not create namespaces. `create` creates a private namespace and calls
 * `onCreated` with its name.
 */
export function useCreateOption({
  instanceId,
  typed,
  listed,
  onCreated,
}: {
  instanceId: string
  typed: string
  /** Names that are known to be taken. */
  listed: readonly string[]
  onCreated: (name: string) => void
}): {
  option: { value: string; label: string; title: string; disabled: boolean }
  content: ReactElement
  create: () => void
  isCreating: boolean
} {
  const { namespaces } = useMessages()
  const may = useMay()
  const name = typed.trim()
  const creation = useMutation({
    mutationFn: (created: string) => makeNamespace(instanceId, created, false),
    meta: { invalidates: [instanceQueries.detail(instanceId).queryKey] },
  })
  const label = name === '' ? namespaces.createAny : namespaces.createNamed(name)
  const reason = reasonToDisable()

  return {
    option: { value: CREATE, label, title: reason ? `${label}: ${reason}` : label, disabled: reason !== null },
    content: (
      <span className={styles.option}>
        <span>
          <PlusOutlined aria-hidden /> {label}
        </span>
        {reason && <span className={styles.reason}>{reason}</span>}
      </span>
    ),
    create: () =>
      creation.mutate(name, {
        onSuccess: () => {
          showSuccess(namespaces.created(name))
          onCreated(name)
        },
      }),
    isCreating: creation.isPending,
  }

  function reasonToDisable(): string | null {
    if (!may('change', { instanceId })) return namespaces.createNotAllowed
    if (name === '') return namespaces.createUntyped
    const [broken] = brokenNamespaceNameRules(name)
    if (broken) return namespaces.createBroken(namespaces.rules[broken])
    return listed.includes(name) ? namespaces.createTaken : null
  }
}
