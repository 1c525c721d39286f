import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Artifact, artifactEndpoints } from '../../contract/console/artifacts.ts'
import { call } from './http.ts'
import { instanceQueries } from './instances.ts'

/** Filter and page of the artifact list. */
export interface ArtifactListFilters {
  readonly query: string
  readonly page: number
  readonly size: number
}

export const artifactQueries = {
  all: (instanceId: string) => [...instanceQueries.detail(instanceId).queryKey, 'artifacts'] as const,
  list: (instanceId: string, filters: ArtifactListFilters) =>
    queryOptions({
      queryKey: [...artifactQueries.all(instanceId), 'list', filters],
      queryFn: ({ signal }) => {
        const query = { pageNo: filters.page, pageSize: filters.size, repository: filters.query }
        return call(artifactEndpoints.list, { params: { instanceId }, query, signal })
      },
      placeholderData: keepPreviousData,
    }),
}

/**
 * Deletes artifacts in one request, all or none, with everything that belongs or refers only to them, such as the
 * images of an index and signatures.
 */
export async function deleteManyArtifacts(
  instanceId: string,
  artifacts: readonly Pick<Artifact, 'namespace' | 'name' | 'digest'>[],
): Promise<void> {
  const items = artifacts.map(({ namespace, name, digest }) => ({ namespace, name, digest }))
  await call(artifactEndpoints.deleteMany, { params: { instanceId }, body: { items } })
}
