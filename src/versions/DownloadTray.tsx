import { CheckCircleFilled, CloseCircleFilled, CloseOutlined, MinusCircleOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useEffect } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { formatBytes } from '../ui/format.ts'
import tonesStyles from '../ui/tones.module.css'
import { consoleDownloads } from './console-downloads.ts'
import styles from './DownloadTray.module.css'
import type { Download } from './downloads.ts'

/** What is being downloaded and how it ended, in a corner of the page. */
export function DownloadTray({ downloads }: { downloads: readonly Download[] }): ReactElement {
  const { versions } = useMessages()
  const isRunning = downloads.some(({ progress }) => progress.state === 'running')

  // The browser's own question when the tab is closed: a download in the page would end with it.
  useEffect(() => {
    if (!isRunning) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isRunning])

  return (
    <section className={styles.tray} aria-label={versions.downloads}>
      <ul>
        {downloads.map((download) => (
          <DownloadRow key={download.id} download={download} />
        ))}
      </ul>
    </section>
  )
}

function DownloadRow({ download: { id, fileName, versions: number, signed, progress } }: { download: Download }) {
  const { versions, common } = useMessages()
  return (
    <li className={styles.download}>
      <p className={styles.words} role={progress.state === 'failed' ? 'alert' : 'status'}>
        {words()}
      </p>
      {progress.state === 'running' ? (
        <>
          <Button
            size="small"
            aria-label={versions.cancelDownload(fileName)}
            onClick={() => consoleDownloads.cancel(id)}
          >
            {common.cancel}
          </Button>
          <Progress
            className={clsx(styles.bar)}
            size="small"
            aria-label={versions.downloading(fileName)}
            percent={progress.total ? Math.floor((progress.received / progress.total) * 100) : 0}
            format={() => amount(progress)}
          />
        </>
      ) : (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={common.close}
          onClick={() => consoleDownloads.dismiss(id)}
        />
      )}
    </li>
  )

  function amount({ received, total }: { received: number; total: number | null }): string {
    if (received === 0) return versions.preparing
    return total
      ? versions.downloadProgress(formatBytes(received), formatBytes(total))
      : versions.downloadReceived(formatBytes(received))
  }

  function words() {
    switch (progress.state) {
      case 'running':
        return versions.downloading(fileName)
      case 'done': {
        const size = formatBytes(progress.size)
        return (
          <>
            <CheckCircleFilled className={tonesStyles.success} aria-hidden />
            {number > 1 ? versions.downloadedMany(number, fileName, size, signed) : versions.downloaded(fileName, size)}
          </>
        )
      }
      case 'failed':
        return (
          <>
            <CloseCircleFilled className={tonesStyles.error} aria-hidden />
            {versions.downloadFailed(fileName)} {progress.message}
          </>
        )
      case 'cancelled':
        return (
          <>
            <MinusCircleOutlined aria-hidden />
            {versions.downloadCancelled(fileName)}
          </>
        )
    }
  }
}
