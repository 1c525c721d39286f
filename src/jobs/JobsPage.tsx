import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { jobQueries, requestJobRun } from '../api/jobs.ts'
import { storageQueries } from '../api/storage.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import panelStyles from '../ui/panel.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import { JobsTable } from './JobsTable.tsx'

/** Background jobs of the registry, for its administrators. */
export function JobsPage(): ReactElement {
  const { jobs } = useMessages()
  const list = useQuery(jobQueries.list())
  const run = useMutation({
    mutationFn: requestJobRun,
    meta: { invalidates: [jobQueries.all(), storageQueries.all()] },
  })
  return (
    <>
      <PageHeader title={jobs.title} description={jobs.lead} />
      <QueryState query={list}>
        {({ items }) => (
          <section className={panelStyles.panel}>
            <JobsTable jobs={items} onRun={({ kind }) => run.mutate(kind)} />
          </section>
        )}
      </QueryState>
    </>
  )
}
