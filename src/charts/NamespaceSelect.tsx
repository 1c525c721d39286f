import { Select, type SelectProps } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import type { Needs } from '../../contract/domain/needs.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CREATE, useCreateOption } from '../namespaces/use-create-option.tsx'
import { useMay } from '../session/use-may.ts'
import type { FieldControl } from '../ui/Field.tsx'
import { MatchedText } from '../ui/MatchedText.tsx'
import selectNoteStyles from '../ui/select-note.module.css'
import { popupContainer } from './popup-container.ts'
import { useNamespaceSearch } from './use-namespace-search.ts'

/** Value of the option "All namespaces": no namespace has an empty name. */
const ALL = ''

/**
 * Selects one namespace of the instance. The registry searches, so the number of namespaces is not limited. `all` adds
 * an option for all namespaces, whose value is `undefined`; `creates` adds an entry that creates a namespace.
 */
export function NamespaceSelect({
  instanceId,
  value,
  onChange,
  all = false,
  creates = false,
  needs = 'read',
  ...rest
}: {
  instanceId: string
  value: string | undefined
  onChange: (namespace: string | undefined) => void
  all?: boolean
  creates?: boolean
  /** Permission that the user needs in a namespace for it to be offered. */
  needs?: Needs
} & Pick<SelectProps, 'aria-label' | 'disabled' | 'className'> &
  Partial<FieldControl>): ReactElement {
  const { charts } = useMessages()
  const may = useMay()
  const [typed, setTyped] = useState('')
  const { names, query, total, isPending } = useNamespaceSearch(instanceId, typed)
  const found = names
    .filter((namespace) => may(needs, { instanceId, namespace }))
    .map((namespace) => ({ value: namespace, label: namespace }))
  const creation = useCreateOption({
    instanceId,
    typed,
    listed: names,
    onCreated: onChange,
  })
  const options = [
    ...(all && typed === '' ? [{ value: ALL, label: charts.allNamespaces }] : []),
    ...found,
    ...(creates ? [creation.option] : []),
  ]

  return (
    <Select<string>
      {...rest}
      value={all ? (value ?? ALL) : (value ?? null)!} // antd takes null as no value, though its types do not allow it
      options={options}
      // The selected namespace may be missing from the search results.
      labelRender={({ value: chosen }) => (chosen === ALL ? charts.allNamespaces : chosen)}
      placeholder={charts.chooseNamespace}
      loading={isPending || creation.isCreating}
      notFoundContent={isPending ? null : charts.noNamespaceFound}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      optionRender={({ label, value: option }) =>
        option === CREATE ? creation.content : <MatchedText text={String(label)} query={query} />
      }
      popupMatchSelectWidth={false}
      classNames={{ popup: { root: clsx(selectNoteStyles.popup) } }}
      getPopupContainer={popupContainer}
      popupRender={(menu) => (
        <div ref={(popup) => makeListFocusable(popup)}>
          {menu}
          {total > names.length && (
            <p className={selectNoteStyles.note}>{charts.moreNamespaces(names.length, total)}</p>
          )}
        </div>
      )}
      onChange={(chosen) => {
        if (chosen === CREATE) creation.create()
        else onChange(chosen === ALL ? undefined : chosen)
      }}
    />
  )
}

/**
 * Makes antd's scrolling list focusable, for which it has no property. To be called on every render: antd recreates the
 * list when it gets options.
 */
function makeListFocusable(popup: HTMLElement | null): void {
  popup?.querySelector('.ant-select-dropdown-list-holder')?.setAttribute('tabindex', '0')
}
