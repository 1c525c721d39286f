import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../../i18n/use-messages.ts'
import type { ChartCandidate } from './arrange-files.ts'
import styles from './Overtaken.module.css'
import { uploadJob } from './upload-job.ts'
import uploadListStyles from './upload-list.module.css'
import type { UploadJob } from './upload-queue.ts'
import { VerdictText } from './VerdictText.tsx'
import type { Verdict } from './verdict.ts'

/** A lost race: what is at the registry by now, and the choice to send the chart in its place. */
export function Overtaken({
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

  if (chart.reading.state === 'sealed' && verdict.kind === 'new') {
    return <p className={uploadListStyles.why}>{upload.overtakenSealed}</p>
  }
  return (
    <div className={styles.overtaken}>
      <p className={uploadListStyles.why}>
        {verdict.kind === 'new' ? upload.overtakenByRemoval(job.name) : upload.overtakenText(job.name)}
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
