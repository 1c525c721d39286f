import { type ReactElement, useState } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useConnection } from './use-connection.ts'

const ConnectPanel = lazyPart(async () => (await import('./ConnectPanel.tsx')).ConnectPanel)

/** The panel over a page whose address says whether it is open. It stays until it has closed before the reader's eyes. */
export function ConnectHost({
  instanceId,
  namespace,
  chart,
  version,
}: {
  instanceId: string
  namespace: string
  /** Without it the commands are those of the namespace. */
  chart?: { readonly name: string; readonly latest: string }
  /** The version that the page is of, where it is of one. */
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
        way={shown.by}
        onChange={change}
        onClose={close}
        onClosed={() => setShown({})}
      />
    </PartBoundary>
  )
}
