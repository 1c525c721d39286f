import type { ReactElement } from 'react'
import { useRouteError } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './CrashPage.module.css'
import { Mark } from './Mark.tsx'

/** Replaces the whole console when a page throws or its code fails to load. */
export function CrashPage(): ReactElement {
  const error = useRouteError()
  return <CrashMessage detail={error instanceof Error ? error.message : undefined} />
}

/** Plain markup, as the component library may be what failed. */
export function CrashMessage({ detail }: { detail?: string | undefined }): ReactElement {
  const { common } = useMessages()
  return (
    <main className={styles.crash} role="alert">
      <Mark size={40} />
      <h1>{common.crashTitle}</h1>
      <p>{common.crashText}</p>
      {detail && <pre>{detail}</pre>}
      <button type="button" onClick={() => location.reload()}>
        {common.reload}
      </button>
    </main>
  )
}
