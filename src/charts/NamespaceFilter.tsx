import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { AfterFirstPaint } from '../ui/AfterFirstPaint.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import styles from './NamespaceFilter.module.css'

// Loaded after the first paint: the select is as much code as the rest of the list.
const NamespaceSelect = lazyPart(async () => (await import('./NamespaceSelect.tsx')).NamespaceSelect)

/** Filters the chart list by namespace. Until the select has loaded, a placeholder of the same size shows the value. */
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
    <AfterFirstPaint
      fallback={<div className={clsx(styles.filter, styles.placeholder)}>{value ?? charts.allNamespaces}</div>}
    >
      <NamespaceSelect
        all
        className={clsx(styles.filter)}
        aria-label={charts.namespace}
        instanceId={instanceId}
        value={value}
        onChange={onChange}
      />
    </AfterFirstPaint>
  )
}
