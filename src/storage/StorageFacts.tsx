import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { StorageReport } from '../../contract/console/storage.ts'
import { useMessages } from '../i18n/use-messages.ts'
import factsStyles from '../ui/facts.module.css'
import { formatBytes, formatNumber, formatTime } from '../ui/format.ts'
import panelStyles from '../ui/panel.module.css'

/** How much is stored, and what background work has done about it. */
export function StorageFacts({ report }: { report: StorageReport }): ReactElement {
  const { storage } = useMessages()
  const { archives, blobs, check, lastCollection, unused } = report
  const amount = ({ count, bytes }: StorageReport['blobs']) => storage.amount(formatNumber(count), formatBytes(bytes))
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="storage-facts">
      <h2 id="storage-facts">{storage.facts}</h2>
      <dl className={factsStyles.facts}>
        <dt>{storage.blobs}</dt>
        <dd>{amount(blobs)}</dd>
        <dt>{storage.archives}</dt>
        <dd>{amount(archives)}</dd>
        <dt>{storage.unused}</dt>
        <dd>
          {amount(unused)}
          <p>{storage.unusedText}</p>
        </dd>
        <dt>{storage.lastCollection}</dt>
        <dd>
          {lastCollection === null ? storage.never : formatTime(lastCollection.finished)}
          {lastCollection && (
            <p>{lastCollection.failed ? storage.collectionFailed : storage.freed(amount(lastCollection.freed))}</p>
          )}
        </dd>
        <dt>{storage.lastCheck}</dt>
        <dd>
          {check.lastFinished === null ? storage.never : formatTime(check.lastFinished)}
          <p>{check.progress === null ? storage.checkText : storage.checking(Math.floor(check.progress * 100))}</p>
        </dd>
      </dl>
    </section>
  )
}
