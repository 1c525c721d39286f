import { type ReactElement, useState } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useConnection } from './use-connection.ts'

const ConnectPanel = lazyPart(async () => (await import('./ConnectPanel.tsx')).ConnectPanel)

/** The connect panel of a page. The URL says whether it is open; it unmounts after its closing animation. */
export function ConnectHost({
  instanceId,
  namespace,
  chart,
  version,
}: {
  instanceId: string
  namespace: string
  /** Without a chart, the commands are for the namespace. */
  chart?: { readonly name: string; readonly latest: string }
  /** The version that the page shows, if it shows a single one. */
  version?: string | undefined
}): ReactElement | null {
  const { connection, change, close } = useConnection()
  const [shown, setShown] = useState(connection)
  if (connection.connect && JSON.stringify(connection) !== JSON.stringify(shown)) setShown(connection)
  if (!shown.connect) return null
  return (
    <PartBoundary
      onFailed={() => {
        close()
        setShown({})
      }}
    >
      <ConnectPanel
        open={connection.connect !== undefined}
        instanceId={instanceId}
        namespace={namespace}
        chart={chart && { ...chart, version: shown.for ?? version ?? chart.latest }}
        client={shown.connect}
        protocol={shown.by}
        onChange={change}
        onClose={close}
        onClosed={() => setShown({})}
      />
    </PartBoundary>
  )
}
