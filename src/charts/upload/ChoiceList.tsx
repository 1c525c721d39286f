import { Checkbox } from 'antd'
import { clsx } from 'clsx'
import { type Dispatch, type ReactElement, useId } from 'react'
import { useMessages } from '../../i18n/use-messages.ts'
import type { Arrangement, ChartCandidate } from './arrange-files.ts'
import styles from './ChoiceList.module.css'
import { ChoiceRow } from './ChoiceRow.tsx'
import type { ChoiceAction } from './chosen-files.ts'
import { LeftOutList } from './LeftOutList.tsx'
import { candidateName } from './upload-job.ts'
import uploadListStyles from './upload-list.module.css'
import { isSendable, neededConfirmation, type Verdict } from './verdict.ts'

const READING: Verdict = { kind: 'reading' }

/** The chosen files and the verdict on each, with what must be agreed to before anything is replaced. */
export function ChoiceList({
  arrangement: { charts, leftOut },
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
  const agreed = keys.filter((key) => confirmed.has(key))

  return (
    <>
      <p className={styles.summary} role="status">
        {charts.length > 0 && summaryOf()}
      </p>
      {keys.length > 1 && (
        <Checkbox
          className={clsx(styles.replaceAll)}
          aria-describedby={namesId}
          checked={agreed.length === keys.length}
          indeterminate={agreed.length > 0 && agreed.length < keys.length}
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
      <LeftOutList files={leftOut} onRemove={(ids) => dispatch({ type: 'removed', ids })} />
    </>
  )

  function summaryOf(): string {
    const looking = charts.filter((chart) => ['reading', 'checking'].includes(verdictOn(chart).kind))
    if (looking.length > 0) return upload.looking(looking.length)
    if (charts.some((chart) => verdictOn(chart).kind === 'unasked')) return upload.unasked
    const ready = charts.filter((chart) => isSendable(chart, verdictOn(chart), confirmed)).length
    const toConfirm = keys.length - agreed.length
    return upload.summary(ready, toConfirm, charts.length - ready - toConfirm)
  }
}
