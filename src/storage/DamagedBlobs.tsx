import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { DamagedBlob, StorageReport } from '../../contract/console/storage.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { formatBytes, shortDigest } from '../ui/format.ts'
import panelStyles from '../ui/panel.module.css'
import styles from './DamagedBlobs.module.css'

/** Lists blobs whose bytes are missing or damaged, with what uses them and how to restore them. */
export function DamagedBlobs({ damaged }: { damaged: StorageReport['damaged'] }): ReactElement {
  const { storage } = useMessages()
  const more = damaged.total - damaged.items.length
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="damaged-blobs">
      <h2 id="damaged-blobs">{storage.damaged}</h2>
      <p>{damaged.total === 0 ? storage.noneDamaged : storage.damagedText}</p>
      {damaged.items.length > 0 && (
        <ul className={styles.list}>
          {damaged.items.map((blob) => (
            <li key={blob.digest}>
              <Damaged blob={blob} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p>{storage.moreDamaged(more)}</p>}
    </section>
  )
}

function Damaged({ blob }: { blob: DamagedBlob }) {
  const { storage } = useMessages()
  return (
    <>
      <div>
        <strong>{storage.damages[blob.damage]}</strong> · <code>{shortDigest(blob.digest)}</code>
        <CopyButton text={blob.digest} label={storage.copyDigest(blob.digest)} /> · {formatBytes(blob.size)}
      </div>
      {blob.usedBy.map((user) => (
        <div key={user}>{user}</div>
      ))}
    </>
  )
}
