import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { Job } from '../../contract/console/jobs.ts'
import { isActive } from '../api/jobs.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import cellsStyles from '../ui/cells.module.css'
import { formatTime } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import { RowAction } from '../ui/RowAction.tsx'

/** Table of the jobs. On a narrow screen, times appear below the name. */
export function JobsTable({ jobs: items, onRun }: { jobs: readonly Job[]; onRun: (job: Job) => void }): ReactElement {
  const { common, jobs } = useMessages()
  const lastRun = ({ lastRun: time }: Job) => (time === null ? jobs.never : formatTime(time))
  const nextRun = (job: Job) => (isActive(job) ? jobs.now : formatTime(job.nextRun))
  const columns: ListColumn<Job>[] = [
    {
      key: 'job',
      title: jobs.job,
      render: (job) => (
        <>
          <strong>{jobs.names[job.kind]}</strong>
          <span className={cellsStyles.note}>{jobs.purposes[job.kind]}</span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {jobs.lastRun}: {lastRun(job)}
          </span>
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {jobs.nextRun}: {nextRun(job)}
          </span>
          {job.lastError !== null && (
            <span className={cellsStyles.note}>
              {jobs.attempts(job.attempts)}: {job.lastError}
            </span>
          )}
        </>
      ),
    },
    { key: 'state', title: jobs.state, nowrap: true, render: (job) => <State job={job} /> },
    { key: 'last', title: jobs.lastRun, from: 'medium', nowrap: true, render: lastRun },
    { key: 'next', title: jobs.nextRun, from: 'large', nowrap: true, render: nextRun },
    {
      key: 'operation',
      actions: true,
      title: common.operation,
      render: (job) => (
        <RowAction aria-label={jobs.runJob(jobs.names[job.kind])} disabled={isActive(job)} onClick={() => onRun(job)}>
          {jobs.run}
        </RowAction>
      ),
    },
  ]
  return (
    <ListTable
      label={jobs.label}
      columns={columns}
      rows={items}
      rowKey={({ kind }) => kind}
      nameOf={({ kind }) => jobs.names[kind]}
      stale={false}
    />
  )
}

function State({ job: { state, progress } }: { job: Job }) {
  const { jobs } = useMessages()
  if (state === 'failed') return <Badge tone="bad">{jobs.states.failed}</Badge>
  if (state === 'running' && progress !== null) return jobs.progress(Math.floor(progress * 100))
  return jobs.states[state]
}
