import { Select } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import { popupContainer } from '../charts/popup-container.ts'
import { useNamespaceSearch } from '../charts/use-namespace-search.ts'
import { CREATE, useCreateOption } from '../namespaces/use-create-option.tsx'
import type { FieldControl } from '../ui/Field.tsx'
import styles from './ManyNamespacesSelect.module.css'

/** Selects any number of namespaces, with a search on the server; the last option creates one. */
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
  const creation = useCreateOption({ instanceId, typed, listed, onCreated: (name) => onChange([...value, name]) })
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
