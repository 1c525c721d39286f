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
 * Asks to sign in again. A native modal dialog: it lies above everything, antd's own dialogs too, and they stay as
 * they are behind it.
 */
export function GateDialog({
  account: { name, signsInBy },
  provider,
}: {
  account: Session['account']
  /** What the provider is called that the account can sign in by. */
  provider: string | null
}): ReactElement {
  const { session } = useMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  const { pathname, search, hash } = useLocation()
  const other = useOtherAccount(name)

  // A dialog is made modal by a call. The element that had the focus gets it back when the dialog is gone.
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
      // Escape would leave a page whose every request waits.
      onCancel={(event) => event.preventDefault()}
      // antd's dialogs close on Escape wherever it is pressed.
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
      {signsInBy.password && <PasswordForm account={name} submitLabel={session.goOn} onSignedIn={signedInAgain} />}
      {signsInBy.password && provider && <p className={signInPartsStyles.or}>{session.or}</p>}
      {provider && <ProviderButton name={provider} to={paths.signedIn()} inNewTab />}
      <p className={styles.other}>
        {/* A full load on purpose: nothing of the first account may be left in memory for the second. */}
        <a href={paths.signIn(`${pathname}${search}${hash}`)}>{session.somebodyElse}</a> {session.somebodyElseNote}
      </p>
    </dialog>
  )
}

/**
 * Goes on when the account has signed in in another tab, as people do by the provider. Answers with the name of another
 * account, when that one has: the page must not go on in its name.
 */
function useOtherAccount(account: string): string | null {
  const [other, setOther] = useState<string | null>(null)
  // Other tabs are outside React.
  useEffect(() => {
    const look = async () => {
      const session = await fetchSession().catch(() => null)
      if (session?.account.name === account) signedInAgain()
      else setOther(session?.account.name ?? null)
    }
    return onSignedInElsewhere(() => void look())
  }, [account])
  return other
}
