import { DeleteOutlined, ReloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { Artifact } from '../../contract/console/artifacts.ts'
import { artifactQueries, deleteManyArtifacts } from '../api/artifacts.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { PastTheEnd } from '../ui/PastTheEnd.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import { SearchInput } from '../ui/SearchInput.tsx'
import { SelectionBar } from '../ui/SelectionBar.tsx'
import { lastPage } from '../ui/table-paging.ts'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useVisibleSelection } from '../ui/use-visible-selection.ts'
import { ArtifactsTable } from './ArtifactsTable.tsx'
import { artifactKey, artifactListParams } from './artifact-list-params.ts'
import { artifactName } from './artifact-name.ts'

/** What came to an instance by OCI and is no chart. All of the view is in the address. */
export function ArtifactsPage(): ReactElement {
  const { artifacts, common, layout } = useMessages()
  const instanceId = useInstanceId()
  const [view, setView] = useListSearchParams(artifactListParams)
  const instance = useQuery(instanceQueries.detail(instanceId))
  const filters = { query: view.q, page: view.page, size: view.size }
  const query = useQuery(artifactQueries.list(instanceId, filters))
  const selection = useVisibleSelection(query.data?.items ?? [], artifactKey)
  const confirmDeletion = useConfirmDeletion()
  const deletion = useMutation({
    mutationFn: (gone: readonly Artifact[]) => deleteManyArtifacts(instanceId, gone),
    meta: { invalidates: [instanceQueries.detail(instanceId).queryKey], errorShown: true },
  })

  async function askToDelete(gone: readonly Artifact[]) {
    const confirmed = await confirmDeletion({
      title: artifacts.confirmDeletion(gone.length),
      names: gone.map(artifactName),
      note: artifacts.deleteNote,
      onConfirm: () => deletion.mutateAsync(gone),
    })
    if (confirmed) selection.clear()
  }

  return (
    <>
      <PageHeader
        title={artifacts.title}
        description={artifacts.lead}
        breadcrumb={[
          { title: layout.instances, to: paths.instances() },
          { title: instance.data?.info.name ?? instanceId, to: paths.instance(instanceId) },
          { title: artifacts.title },
        ]}
      />
      <section className="panel" aria-label={artifacts.list}>
        <div className="toolbar">
          <SearchInput label={artifacts.search} value={view.q} onSearch={(q) => setView({ q }, 'typing')} />
          <div className="toolbar-end">
            <Button
              icon={<ReloadOutlined aria-hidden />}
              aria-label={common.refresh}
              title={common.refresh}
              loading={query.isFetching && !query.isPending}
              onClick={() => void query.refetch()}
            />
          </div>
        </div>
        <SelectionBar count={selection.ids.length} onClear={selection.clear}>
          <Button
            danger
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            onClick={() => void askToDelete(selection.rows)}
          >
            {artifacts.deleteSelected}
          </Button>
        </SelectionBar>
        <QueryState query={query}>
          {(page) =>
            page.items.length > 0 ? (
              <ArtifactsTable
                page={page}
                view={view}
                setView={setView}
                selection={selection}
                stale={query.isPlaceholderData}
                onDelete={(artifact) => void askToDelete([artifact])}
              />
            ) : page.total > 0 ? (
              <PastTheEnd last={lastPage(page.total, view.size)} onGo={(last) => setView({ page: last }, 'typing')} />
            ) : (
              <NoArtifacts query={view.q} onClear={() => setView({ q: '' })} />
            )
          }
        </QueryState>
      </section>
    </>
  )
}

function NoArtifacts({ query, onClear }: { query: string; onClear: () => void }) {
  const { artifacts, common } = useMessages()
  if (query === '') return <EmptyState title={artifacts.emptyTitle} text={artifacts.emptyText} />
  return (
    <EmptyState
      title={artifacts.notFoundTitle(query)}
      text={artifacts.notFoundText}
      action={<Button onClick={onClear}>{common.clearSearch}</Button>}
    />
  )
}
