import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import { isPrerelease } from '../../chart/version.ts'
import { versionQueries } from '../api/versions.ts'
import { popupContainer } from '../charts/popup-container.ts'
import { useDebouncedValue } from '../charts/use-debounced-value.ts'
import { useMessages } from '../i18n/use-messages.ts'
import type { ChartAddress } from '../paths.ts'
import { MatchedText } from '../ui/MatchedText.tsx'
import selectNoteStyles from '../ui/select-note.module.css'
import styles from './VersionSelect.module.css'

/** Selects a version of a chart, highest first, with a search on the server, so that all can be found. */
export function VersionSelect({
  at,
  value,
  latest,
  onChange,
}: {
  at: ChartAddress
  value: string
  latest: string | undefined
  onChange: (version: string) => void
}): ReactElement {
  const { versions } = useMessages()
  const [typed, setTyped] = useState('')
  const query = useDebouncedValue(typed)
  const { data, isPending } = useQuery(versionQueries.choices(at, query))
  const labelOf = (version: string) => {
    if (isPrerelease(version)) return versions.prereleaseVersion(version)
    return version === latest ? versions.latestVersion(version) : version
  }

  const found = (data?.items ?? []).map(({ version }) => ({ value: version, label: labelOf(version) }))
  const hidden = (data?.total ?? 0) - found.length

  return (
    <Select<string>
      className={clsx(styles.select)}
      aria-label={versions.chooseVersion}
      value={value}
      options={found}
      // The selected version may be missing in the options.
      labelRender={({ value: chosen }) => labelOf(String(chosen))}
      loading={isPending}
      notFoundContent={isPending ? null : versions.noVersionFound}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      optionRender={({ label }) => <MatchedText text={String(label)} query={query} />}
      popupMatchSelectWidth={false}
      classNames={{ popup: { root: clsx(selectNoteStyles.popup) } }}
      getPopupContainer={popupContainer}
      popupRender={(menu) => (
        <>
          {menu}
          {hidden > 0 && (
            <p className={selectNoteStyles.note}>{versions.moreVersions(found.length, data?.total ?? 0)}</p>
          )}
        </>
      )}
      onChange={onChange}
    />
  )
}
