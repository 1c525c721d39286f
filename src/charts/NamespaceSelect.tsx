import { Select, type SelectProps } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import type { Needs } from '../../contract/endpoint.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CREATE, useCreateEntry } from '../namespaces/use-create-entry.tsx'
import { useMay } from '../session/use-may.ts'
import type { FieldControl } from '../ui/Field.tsx'
import { MatchedText } from '../ui/MatchedText.tsx'
import selectNoteStyles from '../ui/select-note.module.css'
import { landmarkOf } from './landmark-of.ts'
import { useFoundNamespaces } from './use-found-namespaces.ts'

/** What "all namespaces" is as an option: no namespace can have an empty name. */
const ALL = ''

/**
 * Chooses one namespace of the instance; the registry searches, so that any number can be reached. With `all` there is
 * the choice of all of them, which is `undefined` to the outside. With `creates` the last entry creates one.
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
  /** What the reader must be allowed in a namespace to be offered it. */
  needs?: Needs
} & Pick<SelectProps, 'aria-label' | 'disabled' | 'className'> &
  Partial<FieldControl>): ReactElement {
  const { charts } = useMessages()
  const may = useMay()
  const [typed, setTyped] = useState('')
  const { names, query, total, isPending } = useFoundNamespaces(instanceId, typed)
  const found = names
    .filter((namespace) => may(needs, { instanceId, namespace }))
    .map((namespace) => ({ value: namespace, label: namespace }))
  const creation = useCreateEntry({
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
      value={all ? (value ?? ALL) : (value ?? null)!} // antd takes null for nothing chosen, its types do not say so
      options={options}
      // The chosen one may be missing among the found.
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
      getPopupContainer={landmarkOf}
      popupRender={(menu) => (
        <div ref={(popup) => letKeyboardScroll(popup)}>
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
 * antd's list scrolls within a box that the keyboard does not reach, and there is no property for that. The box comes
 * and goes with the options, so this is for each drawing.
 */
function letKeyboardScroll(popup: HTMLElement | null): void {
  popup?.querySelector('.ant-select-dropdown-list-holder')?.setAttribute('tabindex', '0')
}
