import { type ReactElement, useSyncExternalStore } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { consoleDownloads } from './console-downloads.ts'

const DownloadTray = lazyPart(async () => (await import('./DownloadTray.tsx')).DownloadTray)

/** The downloads, over whatever page the reader is on. What draws them is loaded with the first. */
export function RunningDownloads(): ReactElement | null {
  const downloads = useSyncExternalStore(consoleDownloads.subscribe, consoleDownloads.list)
  if (downloads.length === 0) return null
  return (
    <PartBoundary>
      <DownloadTray downloads={downloads} />
    </PartBoundary>
  )
}
