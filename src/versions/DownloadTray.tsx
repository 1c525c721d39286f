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

/** List of running and finished downloads, in a corner of the page. */
export function DownloadTray({ downloads }: { downloads: readonly Download[] }): ReactElement {
  const { versions } = useMessages()
  const isRunning = downloads.some(({ progress }) => progress.state === 'running')

  // Lets the browser ask before the tab is closed, which would cancel running downloads.
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
      <p className={styles.status} role={progress.state === 'failed' ? 'alert' : 'status'}>
        {status()}
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

  function status() {
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
