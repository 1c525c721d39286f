import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { EmptyState } from './EmptyState.tsx'
import { PageHeader } from './PageHeader.tsx'

/** The page for an unknown URL. */
export function NotFound(): ReactElement {
  const { common } = useMessages()
  return (
    <>
      <PageHeader title={common.notFoundTitle} />
      <EmptyState title={common.notFoundText} action={<BackToInstances />} />
    </>
  )
}

/** The content of a page whose URL is known, but whose resource does not exist. */
export function NothingHere(): ReactElement {
  const { common } = useMessages()
  return <EmptyState title={common.notFoundTitle} text={common.notFoundText} action={<BackToInstances />} />
}

function BackToInstances() {
  const { common } = useMessages()
  return <Link to={paths.instances()}>{common.backToInstances}</Link>
}
