import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { EmptyState } from './EmptyState.tsx'

/** Empty state of a list in which a search found nothing, with a button to clear the search. */
export function NoMatches({
  title,
  text,
  onClear,
  children,
}: {
  title: string
  text: string
  onClear: () => void
  /** Further actions. */
  children?: ReactNode
}): ReactElement {
  const { common } = useMessages()
  return (
    <EmptyState
      title={title}
      text={text}
      action={
        <>
          <Button onClick={onClear}>{common.clearSearch}</Button> {children}
        </>
      }
    />
  )
}
