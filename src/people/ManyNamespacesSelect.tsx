import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import { namespaceQueries } from '../api/namespaces.ts'
import { landmarkOf } from '../charts/landmark-of.ts'
import { namespacesMatching } from '../charts/namespaces-matching.ts'
import { useQuietValue } from '../charts/use-quiet-value.ts'
import { useMessages } from '../i18n/use-messages.ts'
import type { FieldControl } from '../ui/Field.tsx'
import styles from './ManyNamespacesSelect.module.css'

/** Chooses any number of the instance's namespaces; the registry searches. */
export function ManyNamespacesSelect({
  instanceId,
  value,
  onChange,
  ...field
}: {
  instanceId: string
  value: string[]
  onChange: (namespaces: string[]) => void
} & FieldControl): ReactElement {
  const { charts } = useMessages()
  const [typed, setTyped] = useState('')
  const { data, isPending } = useQuery(namespaceQueries.list(instanceId, namespacesMatching(useQuietValue(typed))))
  return (
    <Select<string[]>
      {...field}
      mode="multiple"
      className={clsx(styles.select)}
      value={value}
      options={(data?.projects ?? []).map(({ projectName }) => ({ value: projectName, label: projectName }))}
      loading={isPending}
      notFoundContent={isPending ? null : charts.noNamespaceFound}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      getPopupContainer={landmarkOf}
      onChange={onChange}
    />
  )
}
