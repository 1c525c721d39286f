import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { EmptyState } from './EmptyState.tsx'
import { PageHeader } from './PageHeader.tsx'
import panelStyles from './panel.module.css'

/** Replaces a page that the user may not open. `grantedBy` is a sentence that names who grants access. */
export function NoAccess({ grantedBy }: { grantedBy: string }): ReactElement {
  const { common } = useMessages()
  return (
    <>
      <PageHeader title={common.noAccessTitle} />
      <section className={panelStyles.panel}>
        <EmptyState title={common.noAccessTitle} text={grantedBy} />
      </section>
    </>
  )
}
