import type { ReactElement } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useStore } from '../use-store.ts'
import { consoleDownloads } from './console-downloads.ts'

const DownloadTray = lazyPart(async () => (await import('./DownloadTray.tsx')).DownloadTray)

/** The tray of downloads, shown over every page. Its code is loaded with the first download. */
export function RunningDownloads(): ReactElement | null {
  const downloads = useStore(consoleDownloads.list)
  if (downloads.length === 0) return null
  return (
    <PartBoundary>
      <DownloadTray downloads={downloads} />
    </PartBoundary>
  )
}
