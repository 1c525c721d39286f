import { WarningFilled } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../../i18n/use-messages.ts'
import type { ChartCandidate } from './arrange-files.ts'
import styles from './QueueList.module.css'
import { QueueRow } from './QueueRow.tsx'
import uploadListStyles from './upload-list.module.css'
import { overallProgress, tally, type UploadQueue } from './upload-queue.ts'
import type { UploadRunner } from './upload-runner.ts'
import type { Verdict } from './verdict.ts'

/** Progress and outcomes of the uploads of this dialog. */
export function QueueList({
  queue,
  isPaused,
  runner,
  charts,
  verdicts,
}: {
  queue: UploadQueue
  isPaused: boolean
  runner: UploadRunner
  charts: readonly ChartCandidate[]
  verdicts: ReadonlyMap<string, Verdict>
}): ReactElement {
  const { upload } = useMessages()
  const counts = tally(queue)
  const finished = queue.length - counts.open
  const failed = queue.filter(({ transfer }) => transfer.state === 'failed')
  const retryAll = () => {
    for (const { job } of failed) runner.retry(job.id)
  }
  const allSucceeded = counts.failed + counts.conflicted + counts.cancelled === 0

  return (
    <>
      <div className={styles.overall}>
        <p className={styles.words} role="status">
          <span>{upload.finished(finished, queue.length)}</span>
          {isPaused && (
            <span className={styles.offline}>
              <WarningFilled aria-hidden /> {upload.offline(counts.open)}
            </span>
          )}
          {counts.open === 0 && <span className={styles.outcome}>{upload.outcome(counts)}</span>}
        </p>
        {counts.open === 0 && failed.length > 1 && (
          <Button size="small" onClick={retryAll}>
            {upload.retryAll}
          </Button>
        )}
        <Progress
          aria-label={upload.overall}
          percent={Math.floor(overallProgress(queue) * 100)}
          status={counts.open > 0 ? 'active' : allSucceeded ? 'success' : 'exception'}
        />
      </div>
      <ul className={uploadListStyles.list} aria-label={upload.queue}>
        {queue.map((one) => (
          <QueueRow
            key={one.job.id}
            upload={one}
            runner={runner}
            chart={charts.find(({ id }) => id === one.job.id)}
            verdict={verdicts.get(one.job.id)}
          />
        ))}
      </ul>
    </>
  )
}
