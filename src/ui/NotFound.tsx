import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { EmptyState } from './EmptyState.tsx'
import { PageHeader } from './PageHeader.tsx'

/** The page of an address that names nothing. */
export function NotFound(): ReactElement {
  const { common } = useMessages()
  return (
    <>
      <PageHeader title={common.notFoundTitle} />
      <EmptyState title={common.notFoundText} action={<BackToInstances />} />
    </>
  )
}

/** The same under the heading of a page that has one: its address is right, what it is about is not there. */
export function NothingHere(): ReactElement {
  const { common } = useMessages()
  return <EmptyState title={common.notFoundTitle} text={common.notFoundText} action={<BackToInstances />} />
}

function BackToInstances() {
  const { common } = useMessages()
  return <Link to={paths.instances()}>{common.backToInstances}</Link>
}
