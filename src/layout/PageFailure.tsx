import { Button } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useLocation, useRouteError } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { LoadError } from '../ui/LoadError.tsx'
import panelStyles from '../ui/panel.module.css'
import { isLostChunk, reloadIfOnline, reloadOnce } from './lost-chunk.ts'

/** Replaces a page that throws or whose code fails to load; the shell around it stays. */
export function PageFailure(): ReactElement {
  const error = useRouteError()
  const { key } = useLocation()
  return isLostChunk(error) ? <LostPage key={key} /> : <CrashedPage error={error} />
}

function LostPage() {
  const { common } = useMessages()
  const [isOffline, setOffline] = useState(false)
  const retry = async () => setOffline(!(await reloadIfOnline()))

  // Reloading the page, now and when the connection is back, is outside React.
  useEffect(() => {
    void reloadOnce()
    const reload = () => void reloadIfOnline()
    window.addEventListener('online', reload)
    return () => window.removeEventListener('online', reload)
  }, [])

  return (
    <section className={panelStyles.panel}>
      <LoadError
        title={common.pageLostTitle}
        error={new Error(isOffline ? common.noResponse : common.pageLostText)}
        onRetry={() => void retry()}
      />
    </section>
  )
}

function CrashedPage({ error }: { error: unknown }) {
  const { common } = useMessages()
  return (
    <section className={`${panelStyles.panel} ${panelStyles.padded}`} role="alert">
      <h1>{common.crashTitle}</h1>
      <p>{common.crashText}</p>
      {error instanceof Error && <pre>{error.message}</pre>}
      <Button onClick={() => location.reload()}>{common.reload}</Button>
    </section>
  )
}
