import { Select } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import { popupContainer } from '../charts/popup-container.ts'
import { useNamespaceSearch } from '../charts/use-namespace-search.ts'
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
  const { names: listed, isPending } = useNamespaceSearch(instanceId, typed)
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
      getPopupContainer={popupContainer}
      onChange={(chosen) => {
        if (chosen.includes(CREATE)) creation.create()
        else onChange(chosen)
      }}
    />
  )
}
