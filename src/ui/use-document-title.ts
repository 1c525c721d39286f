import { useEffect } from 'react'
import { useMessages } from '../i18n/use-messages.ts'

/** Names the page where the browser shows it: tab, history, bookmarks. */
export function useDocumentTitle(title: string): void {
  const { common } = useMessages()
  // The document's title is outside React.
  useEffect(() => {
    document.title = `${title} · ${common.product}`
  }, [title, common.product])
}
