import { useEffect } from 'react'
import { useMessages } from '../i18n/use-messages.ts'

/** Sets the document's title, which the browser shows in its tab, history and bookmarks. */
export function useDocumentTitle(title: string): void {
  const { common } = useMessages()
  // The document's title is outside React.
  useEffect(() => {
    document.title = `${title} · ${common.product}`
  }, [title, common.product])
}
