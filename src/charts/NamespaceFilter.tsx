import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { Later } from '../ui/Later.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import styles from './NamespaceFilter.module.css'

// What chooses is as much code as the rest of a list.
const NamespaceSelect = lazyPart(async () => (await import('./NamespaceSelect.tsx')).NamespaceSelect)

/** Narrows the chart list down to one namespace. Until its code has come it says which one, and looks the same. */
export function NamespaceFilter({
  instanceId,
  value,
  onChange,
}: {
  instanceId: string
  value: string | undefined
  onChange: (namespace: string | undefined) => void
}): ReactElement {
  const { charts } = useMessages()
  return (
    <Later fallback={<div className={clsx(styles.filter, styles.soon)}>{value ?? charts.allNamespaces}</div>}>
      <NamespaceSelect
        all
        className={clsx(styles.filter)}
        aria-label={charts.namespace}
        instanceId={instanceId}
        value={value}
        onChange={onChange}
      />
    </Later>
  )
}
