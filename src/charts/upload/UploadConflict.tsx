import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../../i18n/use-messages.ts'
import type { ChartCandidate } from './arrange-files.ts'
import styles from './UploadConflict.module.css'
import { uploadJob } from './upload-job.ts'
import uploadListStyles from './upload-list.module.css'
import type { UploadJob } from './upload-queue.ts'
import { VerdictText } from './VerdictText.tsx'
import type { Verdict } from './verdict.ts'

/** Shown when the registry changed during the upload: its current state, and a button to upload the chart anyway. */
export function UploadConflict({
  job,
  chart,
  verdict,
  onDecided,
}: {
  job: UploadJob
  chart: ChartCandidate
  verdict: Verdict
  onDecided: (job: UploadJob) => void
}): ReactElement {
  const { upload } = useMessages()
  const decided = uploadJob(chart, verdict, job.namespace)

  if (chart.reading.state === 'unopened' && verdict.kind === 'new') {
    return <p className={uploadListStyles.explanation}>{upload.conflictUnopened}</p>
  }
  return (
    <div className={styles.conflict}>
      <p className={uploadListStyles.explanation}>
        {verdict.kind === 'new' ? upload.conflictByDeletion(job.name) : upload.conflictText(job.name)}
      </p>
      <VerdictText verdict={verdict} chart={chart} name={job.name} />
      {decided && (
        <Button size="small" danger={verdict.kind !== 'new'} onClick={() => onDecided(decided)}>
          {verdict.kind === 'new' ? upload.sendAsNew(job.name) : upload.replaceOne(job.name)}
        </Button>
      )}
    </div>
  )
}
