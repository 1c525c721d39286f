import { CloseOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Checkbox, Radio } from 'antd'
import { clsx } from 'clsx'
import type { Dispatch, ReactElement } from 'react'
import { ENTRY_BYTES } from '../../../chart/index-entry.ts'
import { useMessages } from '../../i18n/use-messages.ts'
import { formatBytes, shortDigest } from '../../ui/format.ts'
import { ChartIcon } from '../ChartIcon.tsx'
import type { ChartCandidate, Companion } from './arrange-files.ts'
import styles from './ChoiceRow.module.css'
import { type ChoiceAction, placeOf } from './chosen-files.ts'
import { candidateName } from './upload-job.ts'
import uploadListStyles from './upload-list.module.css'
import { VerdictText } from './VerdictText.tsx'
import { neededConfirmation, type Verdict } from './verdict.ts'

/** One chosen chart: what it is, what sending it would do, and what must be decided about it. */
export function ChoiceRow({
  chart,
  verdict,
  confirmed,
  dispatch,
  onRecheck,
}: {
  chart: ChartCandidate
  verdict: Verdict
  confirmed: ReadonlySet<string>
  dispatch: Dispatch<ChoiceAction>
  onRecheck: () => void
}): ReactElement {
  const { upload } = useMessages()
  const { id, folder, reading, provenance, standing } = chart
  const name = candidateName(chart)
  const key = neededConfirmation(chart, verdict)
  const read = reading.state === 'chart' || reading.state === 'sealed' ? reading : undefined

  return (
    <li className={uploadListStyles.row}>
      <ChartHeading chart={chart} />
      <div className={uploadListStyles.decision}>
        <VerdictText verdict={verdict} chart={chart} name={name} />
        {folder && read && <p className={uploadListStyles.why}>{upload.packed(folder.path, read.fileName)}</p>}
        {reading.state === 'chart' && reading.cutInIndex && (
          <p className={uploadListStyles.why}>{upload.cutInIndex(formatBytes(ENTRY_BYTES))}</p>
        )}
        {provenance && (
          <Provenance companion={provenance} onRemove={() => dispatch({ type: 'removed', ids: [provenance.id] })} />
        )}
        {read && ['undecided', 'chosen', 'passed-over'].includes(standing) && (
          <Radio
            name={read.fileName}
            checked={standing === 'chosen'}
            onChange={() => dispatch({ type: 'preferred', fileName: read.fileName, id })}
          >
            {upload.chooseThis(placeOf(chart), shortDigest(read.sha256))}
          </Radio>
        )}
        {key !== null && (
          <Checkbox
            checked={confirmed.has(key)}
            onChange={({ target }) => dispatch({ type: 'confirmed', keys: [key], confirmed: target.checked })}
          >
            {verdict.kind === 'replaces' ? upload.replaceOne(name) : upload.replaceProvenanceOne(name)}
          </Checkbox>
        )}
        {verdict.kind === 'unchecked' && read && (
          <Button size="small" onClick={onRecheck}>
            {upload.recheck}
          </Button>
        )}
      </div>
      <Button
        type="text"
        size="small"
        className={clsx(styles.remove)}
        icon={<CloseOutlined aria-hidden />}
        aria-label={upload.remove(name)}
        title={upload.remove(name)}
        onClick={() => dispatch({ type: 'removed', ids: [id, ...(provenance ? [provenance.id] : [])] })}
      />
    </li>
  )
}

/** Icon, name, version, and what there is to know of the file. */
export function ChartHeading({ chart }: { chart: Pick<ChartCandidate, 'file' | 'folder' | 'reading'> }): ReactElement {
  const { upload } = useMessages()
  const { file, folder, reading } = chart
  const metadata = reading.state === 'chart' ? reading.metadata : undefined
  const isPacked = folder !== null && file.size > 0
  const isRenamed = reading.state === 'chart' && reading.fileName !== file.name
  const facts = [
    metadata?.appVersion && upload.appVersion(metadata.appVersion),
    !(folder && !isPacked) && formatBytes(file.size),
    !isPacked && (isRenamed || placeOf(chart) !== file.name) && upload.fromFile(placeOf(chart)),
  ]
  return (
    <div className={styles.heading}>
      <ChartIcon name={metadata?.name ?? file.name} icon={metadata?.icon ?? null} />
      <div className={styles.headingText}>
        <span className={styles.name}>
          {metadata ? (
            <>
              {metadata.name} <span className={styles.version}>{metadata.version}</span>
            </>
          ) : (
            file.name
          )}
        </span>
        <span className={styles.facts}>{facts.filter(Boolean).join(' · ')}</span>
      </div>
    </div>
  )
}

function Provenance({ companion, onRemove }: { companion: Companion; onRemove: () => void }) {
  const { upload } = useMessages()
  return (
    <span className={styles.provenance}>
      <SafetyCertificateOutlined aria-hidden />
      {upload.signedBy(companion.file.name)}
      {companion.problem ? (
        <Button size="small" aria-label={upload.withoutProvenance(companion.file.name)} onClick={onRemove}>
          {upload.leaveOut}
        </Button>
      ) : (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={upload.withoutProvenance(companion.file.name)}
          title={upload.withoutProvenance(companion.file.name)}
          onClick={onRemove}
        />
      )}
    </span>
  )
}
