import { Checkbox } from 'antd'
import { clsx } from 'clsx'
import { type Dispatch, type ReactElement, useId } from 'react'
import { useMessages } from '../../i18n/use-messages.ts'
import type { Arrangement, ChartCandidate } from './arrange-files.ts'
import styles from './ChoiceList.module.css'
import { ChoiceRow } from './ChoiceRow.tsx'
import type { ChoiceAction } from './chosen-files.ts'
import { RejectedList } from './RejectedList.tsx'
import { candidateName } from './upload-job.ts'
import uploadListStyles from './upload-list.module.css'
import { isSendable, neededConfirmation, type Verdict } from './verdict.ts'

const READING: Verdict = { kind: 'reading' }

/** The chosen charts with a verdict and the required confirmations on each, and the files that are not uploaded. */
export function ChoiceList({
  arrangement: { charts, rejected },
  verdicts,
  confirmed,
  dispatch,
  onRecheck,
}: {
  arrangement: Arrangement
  verdicts: ReadonlyMap<string, Verdict>
  confirmed: ReadonlySet<string>
  dispatch: Dispatch<ChoiceAction>
  onRecheck: () => void
}): ReactElement {
  const { upload } = useMessages()
  const verdictOn = ({ id }: ChartCandidate) => verdicts.get(id) ?? READING
  const replacing = charts.filter((chart) => neededConfirmation(chart, verdictOn(chart)) !== null)
  const keys = replacing.flatMap((chart) => neededConfirmation(chart, verdictOn(chart)) ?? [])
  const names = replacing.map(candidateName).join(', ')
  const namesId = useId()
  const confirmedKeys = keys.filter((key) => confirmed.has(key))

  return (
    <>
      <p className={styles.summary} role="status">
        {charts.length > 0 && summaryOf()}
      </p>
      {keys.length > 1 && (
        <Checkbox
          className={clsx(styles.replaceAll)}
          aria-describedby={namesId}
          checked={confirmedKeys.length === keys.length}
          indeterminate={confirmedKeys.length > 0 && confirmedKeys.length < keys.length}
          onChange={({ target }) => dispatch({ type: 'confirmed', keys, confirmed: target.checked })}
        >
          <span title={names}>{upload.replaceAll(keys.length)}</span>
        </Checkbox>
      )}
      <span id={namesId} hidden>
        {names}
      </span>
      {charts.length > 0 && (
        <ul className={uploadListStyles.list} aria-label={upload.charts}>
          {charts.map((chart) => (
            <ChoiceRow
              key={chart.id}
              chart={chart}
              verdict={verdictOn(chart)}
              confirmed={confirmed}
              dispatch={dispatch}
              onRecheck={onRecheck}
            />
          ))}
        </ul>
      )}
      <RejectedList files={rejected} onRemove={(ids) => dispatch({ type: 'removed', ids })} />
    </>
  )

  function summaryOf(): string {
    const pending = charts.filter((chart) => ['reading', 'checking'].includes(verdictOn(chart).kind))
    if (pending.length > 0) return upload.checkingFiles(pending.length)
    if (charts.some((chart) => verdictOn(chart).kind === 'no-namespace')) return upload.noNamespace
    const ready = charts.filter((chart) => isSendable(chart, verdictOn(chart), confirmed)).length
    const toConfirm = keys.length - confirmedKeys.length
    return upload.summary(ready, toConfirm, charts.length - ready - toConfirm)
  }
}
