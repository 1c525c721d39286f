import { type ReactElement, useEffect } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useDocumentTitle } from '../ui/use-document-title.ts'
import aloneStyles from './alone.module.css'
import { tellSignedIn } from './signed-in-elsewhere.ts'

/** The end of a sign-in in a tab of its own: the page that waits for it in another one goes on. */
export function SignedInPage(): ReactElement {
  const { session } = useMessages()
  useDocumentTitle(session.signedInTitle)
  // Other tabs are outside React.
  useEffect(tellSignedIn, [])
  return (
    <main className={aloneStyles.alone}>
      <h1>{session.signedInTitle}</h1>
      <p>{session.signedInText}</p>
      <p>
        <a href={paths.instances()}>{session.stayHere}</a>
      </p>
    </main>
  )
}
