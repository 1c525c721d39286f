import { type ReactElement, useEffect, useRef, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { isGateOpen, signedInAgain, subscribeToGate } from './session-gate.ts'

/**
 * Asks for the password over the page when the session has ended under it. A native modal dialog: it lies above
 * everything, antd's own dialogs too, and they stay as they are behind it.
 */
export function SessionGate({ account }: { account: string }): ReactElement | null {
  const open = useSyncExternalStore(subscribeToGate, isGateOpen)
  return open ? <GateDialog account={account} /> : null
}

function GateDialog({ account }: { account: string }) {
  const { session } = useMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  const { pathname, search, hash } = useLocation()

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
      className="gate"
      aria-labelledby="gate-title"
      aria-describedby="gate-text"
      // Escape would leave a page whose every request waits.
      onCancel={(event) => event.preventDefault()}
      // antd's dialogs close on Escape wherever it is pressed.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="gate-title">{session.endedTitle}</h2>
      <p id="gate-text">{session.endedText}</p>
      <PasswordForm account={account} submitLabel={session.goOn} onSignedIn={signedInAgain} />
      <p className="gate-other">
        {/* A full load on purpose: nothing of the first account may be left in memory for the second. */}
        <a href={paths.signIn(`${pathname}${search}${hash}`)}>{session.somebodyElse}</a> {session.somebodyElseNote}
      </p>
    </dialog>
  )
}
