import { type ReactElement, useEffect } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useDocumentTitle } from '../ui/use-document-title.ts'
import { announceSignIn } from './signed-in-elsewhere.ts'
import standaloneStyles from './standalone.module.css'

/** Final page of a sign-in in a separate tab; the page that waits in the other tab continues. */
export function SignedInPage(): ReactElement {
  const { session } = useMessages()
  useDocumentTitle(session.signedInTitle)
  // Other tabs are outside React.
  useEffect(announceSignIn, [])
  return (
    <main className={standaloneStyles.standalone}>
      <h1>{session.signedInTitle}</h1>
      <p>{session.signedInText}</p>
      <p>
        <a href={paths.instances()}>{session.stayHere}</a>
      </p>
    </main>
  )
}
