import { Alert } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import type { Session } from '../../contract/console/session.ts'
import { fetchSession } from '../api/session.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import styles from './GateDialog.module.css'
import { PasswordForm } from './PasswordForm.tsx'
import { ProviderButton } from './ProviderButton.tsx'
import { signedInAgain } from './session-gate.ts'
import signInPartsStyles from './sign-in-parts.module.css'
import { onSignedInElsewhere } from './signed-in-elsewhere.ts'

/**
 * Asks the user to sign in again. A native modal dialog, because it is above everything else, and leaves antd's open
 * dialogs unchanged behind it.
 */
export function GateDialog({
  account: { name, signsInBy },
  provider,
}: {
  account: Session['account']
  /** Name of the identity provider that the account can sign in with, if any. */
  provider: string | null
}): ReactElement {
  const { session } = useMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  const { pathname, search, hash } = useLocation()
  const other = useOtherAccount(name)

  // A native dialog becomes modal by a method call. Restores the focus when the dialog closes.
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className={styles.gate}
      aria-labelledby="gate-title"
      aria-describedby="gate-text"
      // Escape would return to a page whose requests all wait.
      onCancel={(event) => event.preventDefault()}
      // antd's dialogs behind this one listen for Escape too.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="gate-title">{session.endedTitle}</h2>
      <p id="gate-text">{signsInBy.password ? session.endedText : session.endedTextByProvider}</p>
      {other !== null && (
        <Alert
          className={clsx(signInPartsStyles.refusal)}
          type="error"
          showIcon
          title={session.signedInAsOther(other, name)}
        />
      )}
      {signsInBy.password && (
        <PasswordForm account={name} submitLabel={session.signInAgain} onSignedIn={signedInAgain} />
      )}
      {signsInBy.password && provider && <p className={signInPartsStyles.or}>{session.or}</p>}
      {provider && <ProviderButton name={provider} to={paths.signedIn()} inNewTab />}
      <p className={styles.other}>
        {/* A full page load clears the first account's data from memory. */}
        <a href={paths.signIn(`${pathname}${search}${hash}`)}>{session.otherAccount}</a> {session.otherAccountNote}
      </p>
    </dialog>
  )
}

/**
 * Closes the gate when the account signs in in another tab, as with an identity provider. Returns the name of another
 * account if that signed in instead: this page must not continue with its session.
 */
function useOtherAccount(account: string): string | null {
  const [other, setOther] = useState<string | null>(null)
  // Other tabs are outside React.
  useEffect(() => {
    const checkSession = async () => {
      const session = await fetchSession().catch(() => null)
      if (session?.account.name === account) signedInAgain()
      else setOther(session?.account.name ?? null)
    }
    return onSignedInElsewhere(() => void checkSession())
  }, [account])
  return other
}
