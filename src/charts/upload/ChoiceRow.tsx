import { CloseOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Checkbox, Radio } from 'antd'
import { clsx } from 'clsx'
import type { Dispatch, ReactElement } from 'react'
import { ENTRY_BYTES } from '../../../chart/index-entry.ts'
import { useMessages } from '../../i18n/use-messages.ts'
import { formatBytes, shortDigest } from '../../ui/format.ts'
import { ChartIcon } from '../ChartIcon.tsx'
import type { ChartCandidate, ProvenanceFile } from './arrange-files.ts'
import styles from './ChoiceRow.module.css'
import { type ChoiceAction, sourcePath } from './chosen-files.ts'
import { candidateName } from './upload-job.ts'
import uploadListStyles from './upload-list.module.css'
import { VerdictText } from './VerdictText.tsx'
import { neededConfirmation, type Verdict } from './verdict.ts'

/** A chosen chart: its name and version, the verdict on it, and the decisions that the user has to make. */
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
  const { id, folder, reading, provenance, duplicateStatus } = chart
  const name = candidateName(chart)
  const key = neededConfirmation(chart, verdict)
  const read = reading.state === 'chart' || reading.state === 'unopened' ? reading : undefined

  return (
    <li className={uploadListStyles.row}>
      <ChartHeading chart={chart} />
      <div className={uploadListStyles.decision}>
        <VerdictText verdict={verdict} chart={chart} name={name} />
        {folder && read && <p className={uploadListStyles.explanation}>{upload.packed(folder.path, read.fileName)}</p>}
        {reading.state === 'chart' && reading.cutInIndex && (
          <p className={uploadListStyles.explanation}>{upload.cutInIndex(formatBytes(ENTRY_BYTES))}</p>
        )}
        {provenance && (
          <Provenance provenance={provenance} onRemove={() => dispatch({ type: 'removed', ids: [provenance.id] })} />
        )}
        {read && ['undecided', 'chosen', 'not-chosen'].includes(duplicateStatus) && (
          <Radio
            name={read.fileName}
            checked={duplicateStatus === 'chosen'}
            onChange={() => dispatch({ type: 'preferred', fileName: read.fileName, id })}
          >
            {upload.chooseThis(sourcePath(chart), shortDigest(read.sha256))}
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
        {verdict.kind === 'check-failed' && read && (
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

/** Icon, name and version of a chart, with details of its file. */
export function ChartHeading({ chart }: { chart: Pick<ChartCandidate, 'file' | 'folder' | 'reading'> }): ReactElement {
  const { upload } = useMessages()
  const { file, folder, reading } = chart
  const metadata = reading.state === 'chart' ? reading.metadata : undefined
  const isPacked = folder !== null && file.size > 0
  const isRenamed = reading.state === 'chart' && reading.fileName !== file.name
  const details = [
    metadata?.appVersion && upload.appVersion(metadata.appVersion),
    !(folder && !isPacked) && formatBytes(file.size),
    !isPacked && (isRenamed || sourcePath(chart) !== file.name) && upload.fromFile(sourcePath(chart)),
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
        <span className={styles.details}>{details.filter(Boolean).join(' · ')}</span>
      </div>
    </div>
  )
}

function Provenance({ provenance: { file, problem }, onRemove }: { provenance: ProvenanceFile; onRemove: () => void }) {
  const { upload } = useMessages()
  return (
    <span className={styles.provenance}>
      <SafetyCertificateOutlined aria-hidden />
      {upload.signedBy(file.name)}
      {problem ? (
        <Button size="small" aria-label={upload.skipFile(file.name)} onClick={onRemove}>
          {upload.skip}
        </Button>
      ) : (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={upload.skipFile(file.name)}
          title={upload.skipFile(file.name)}
          onClick={onRemove}
        />
      )}
    </span>
  )
}
