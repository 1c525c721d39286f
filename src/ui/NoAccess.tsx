import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { EmptyState } from './EmptyState.tsx'
import { PageHeader } from './PageHeader.tsx'
import panelStyles from './panel.module.css'

/** Stands in the place of a page that the reader has no access to. `grantedBy` says whom to ask. */
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
