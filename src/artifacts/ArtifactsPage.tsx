import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Artifact } from '../../contract/console/artifacts.ts'
import { artifactQueries, deleteManyArtifacts } from '../api/artifacts.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { InstancePageHeader } from '../instances/InstancePageHeader.tsx'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { useMay } from '../session/use-may.ts'
import { DeleteSelected } from '../ui/DeleteSelected.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { NoMatches } from '../ui/NoMatches.tsx'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useVisibleSelection } from '../ui/use-visible-selection.ts'
import { ArtifactsTable } from './ArtifactsTable.tsx'
import { artifactKey, artifactListParams } from './artifact-list-params.ts'
import { artifactName } from './artifact-name.ts'

/** Lists the content of an instance that was pushed over OCI and is not a chart. The URL holds the list's state. */
export function ArtifactsPage(): ReactElement {
  const { artifacts } = useMessages()
  const instanceId = useInstanceId()
  const may = useMay()
  const mayDelete = ({ namespace }: Artifact) => may('delete', { instanceId, namespace })
  const [view, setView] = useListSearchParams(artifactListParams)
  const filters = { query: view.q, page: view.page, size: view.size }
  const query = useQuery(artifactQueries.list(instanceId, filters))
  const selection = useVisibleSelection(query.data?.items ?? [], artifactKey)
  const confirmDeletion = useConfirmDeletion()
  const deletion = useMutation({
    mutationFn: (targets: readonly Artifact[]) => deleteManyArtifacts(instanceId, targets),
    meta: { invalidates: [instanceQueries.detail(instanceId).queryKey], errorShown: true },
  })

  async function askToDelete(targets: readonly Artifact[]) {
    const confirmed = await confirmDeletion({
      title: artifacts.confirmDeletion(targets.length),
      names: targets.map(artifactName),
      note: artifacts.deleteNote,
      onConfirm: () => deletion.mutateAsync(targets),
    })
    if (confirmed) selection.clear()
  }

  return (
    <>
      <InstancePageHeader instanceId={instanceId} title={artifacts.title} description={artifacts.lead} />
      <ListPanel
        label={artifacts.list}
        search={artifacts.search}
        view={view}
        setView={setView}
        query={query}
        rowsOf={(page) => page.items}
        selection={selection}
        selectionActions={
          selection.rows.every(mayDelete) && (
            <DeleteSelected label={artifacts.deleteSelected} onClick={() => void askToDelete(selection.rows)} />
          )
        }
        empty={<NoArtifacts query={view.q} onClear={() => setView({ q: '' })} />}
      >
        {(page) => (
          <ArtifactsTable
            page={page}
            view={view}
            setView={setView}
            selection={selection}
            stale={query.isPlaceholderData}
            mayDelete={mayDelete}
            onDelete={(artifact) => void askToDelete([artifact])}
          />
        )}
      </ListPanel>
    </>
  )
}

function NoArtifacts({ query, onClear }: { query: string; onClear: () => void }) {
  const { artifacts } = useMessages()
  if (query === '') return <EmptyState title={artifacts.emptyTitle} text={artifacts.emptyText} />
  return <NoMatches title={artifacts.notFoundTitle(query)} text={artifacts.notFoundText} onClear={onClear} />
}
