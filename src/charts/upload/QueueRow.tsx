import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { useMessages } from '../../i18n/use-messages.ts'
import { formatBytes } from '../../ui/format.ts'
import tonesStyles from '../../ui/tones.module.css'
import type { ChartCandidate } from './arrange-files.ts'
import { ChartHeading } from './ChoiceRow.tsx'
import styles from './QueueRow.module.css'
import { UploadConflict } from './UploadConflict.tsx'
import uploadListStyles from './upload-list.module.css'
import { isAllSent, progressOf, type Transfer, type Upload } from './upload-queue.ts'
import type { UploadRunner } from './upload-runner.ts'
import type { Verdict } from './verdict.ts'

/** One upload: its progress or outcome, and the actions that its state allows. */
export function QueueRow({
  upload: { job, transfer },
  runner,
  chart,
  verdict,
}: {
  upload: Upload
  runner: UploadRunner
  chart: ChartCandidate | undefined
  verdict: Verdict | undefined
}): ReactElement {
  const { upload, common } = useMessages()
  const isOpen = transfer.state === 'waiting' || transfer.state === 'sending'

  return (
    <li className={clsx(uploadListStyles.row, uploadListStyles.running)}>
      {chart && <ChartHeading chart={chart} />}
      <div className={uploadListStyles.decision}>
        <div className={styles.state}>
          <span className={styles.words}>
            {ICONS[transfer.state]}
            {labelOf(transfer)}
          </span>
          {isOpen && (
            <Button size="small" aria-label={upload.cancelOne(job.name)} onClick={() => runner.cancel(job.id)}>
              {common.cancel}
            </Button>
          )}
          {(transfer.state === 'failed' || transfer.state === 'cancelled') && (
            <Button size="small" aria-label={upload.retryOne(job.name)} onClick={() => runner.retry(job.id)}>
              {common.retry}
            </Button>
          )}
        </div>
        {transfer.state === 'sending' && (
          <Progress
            size="small"
            showInfo={false}
            aria-label={upload.progressOf(job.name)}
            percent={Math.floor(progressOf(transfer) * 100)}
          />
        )}
        {transfer.state === 'failed' && <p className={uploadListStyles.explanation}>{transfer.message}</p>}
        {transfer.state === 'conflicted' && chart && verdict && (
          <UploadConflict
            job={job}
            chart={chart}
            verdict={verdict}
            onDecided={(decided) => runner.retry(job.id, decided)}
          />
        )}
      </div>
    </li>
  )

  function labelOf(current: Transfer): string {
    switch (current.state) {
      case 'waiting':
      case 'cancelling':
      case 'failed':
      case 'conflicted':
      case 'cancelled':
        return upload[current.state]
      case 'done':
        return current.tooLate ? upload.tooLate(upload[current.outcome]) : upload[current.outcome]
      case 'sending':
        if (current.total === 0) return upload.starting
        return isAllSent(current)
          ? upload.storing
          : upload.sending(formatBytes(current.sent), formatBytes(current.total))
    }
  }
}

const ICONS: Record<Transfer['state'], ReactElement | null> = {
  waiting: <ClockCircleOutlined aria-hidden />,
  sending: null,
  cancelling: <ClockCircleOutlined aria-hidden />,
  done: <CheckCircleFilled className={tonesStyles.success} aria-hidden />,
  failed: <CloseCircleFilled className={tonesStyles.error} aria-hidden />,
  conflicted: <ExclamationCircleFilled className={tonesStyles.warning} aria-hidden />,
  cancelled: <MinusCircleOutlined aria-hidden />,
}
