import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { StorageReport } from '../../contract/console/storage.ts'
import { useMessages } from '../i18n/use-messages.ts'
import definitionListStyles from '../ui/definition-list.module.css'
import { formatBytes, formatNumber, formatTime } from '../ui/format.ts'
import panelStyles from '../ui/panel.module.css'

/** Storage usage, and the last garbage collection and integrity check. */
export function StorageUsage({ report }: { report: StorageReport }): ReactElement {
  const { storage } = useMessages()
  const { archives, blobs, check, lastCollection, unused } = report
  const amount = ({ count, bytes }: StorageReport['blobs']) => storage.amount(formatNumber(count), formatBytes(bytes))
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="storage-usage">
      <h2 id="storage-usage">{storage.usage}</h2>
      <dl className={definitionListStyles.list}>
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
