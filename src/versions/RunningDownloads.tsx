import { lazy, type ReactElement, Suspense, useSyncExternalStore } from 'react'
import { consoleDownloads } from './console-downloads.ts'

const DownloadTray = lazy(async () => ({ default: (await import('./DownloadTray.tsx')).DownloadTray }))

/** The downloads, over whatever page the reader is on. What draws them is loaded with the first. */
export function RunningDownloads(): ReactElement | null {
  const downloads = useSyncExternalStore(consoleDownloads.subscribe, consoleDownloads.list)
  if (downloads.length === 0) return null
  return (
    <Suspense>
      <DownloadTray downloads={downloads} />
    </Suspense>
  )
}
