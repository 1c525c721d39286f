import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { NoMatches } from '../ui/NoMatches.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { VersionListParams, versionListParams } from './version-filters.ts'

/** Empty state of the version list. A chart always has versions, so a search or filter excludes them. */
export function NoVersions({
  view,
  setView,
}: {
  view: VersionListParams
  setView: SetListParams<typeof versionListParams>
}): ReactElement {
  const { versions } = useMessages()
  const showPrereleases = !view.prereleases && (
    <Button onClick={() => setView({ prereleases: true })}>{versions.prereleases}</Button>
  )
  if (view.q === '') {
    return <EmptyState title={versions.emptyTitle} text={versions.emptyText} action={showPrereleases} />
  }
  return (
    <NoMatches title={versions.notFoundTitle(view.q)} text={versions.notFoundText} onClear={() => setView({ q: '' })}>
      {showPrereleases}
    </NoMatches>
  )
}
