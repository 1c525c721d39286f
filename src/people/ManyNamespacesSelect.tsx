import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import { namespaceQueries } from '../api/namespaces.ts'
import { landmarkOf } from '../charts/landmark-of.ts'
import { namespacesMatching } from '../charts/namespaces-matching.ts'
import { useQuietValue } from '../charts/use-quiet-value.ts'
import { CREATE, useCreateEntry } from '../namespaces/use-create-entry.tsx'
import type { FieldControl } from '../ui/Field.tsx'
import styles from './ManyNamespacesSelect.module.css'

/** Chooses any number of the instance's namespaces; the registry searches, and the last entry creates one. */
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
  const [typed, setTyped] = useState('')
  const { data, isPending } = useQuery(namespaceQueries.list(instanceId, namespacesMatching(useQuietValue(typed))))
  const listed = (data?.projects ?? []).map(({ projectName }) => projectName)
  const creation = useCreateEntry({ instanceId, typed, listed, onCreated: (name) => onChange([...value, name]) })
  return (
    <Select<string[]>
      {...field}
      mode="multiple"
      className={clsx(styles.select)}
      value={value}
      options={[...listed.map((name) => ({ value: name, label: name })), creation.option]}
      optionRender={({ label, value: option }) => (option === CREATE ? creation.content : label)}
      loading={isPending || creation.isCreating}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      getPopupContainer={landmarkOf}
      onChange={(chosen) => {
        if (chosen.includes(CREATE)) creation.create()
        else onChange(chosen)
      }}
    />
  )
}
