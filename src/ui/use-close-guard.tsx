import { Modal } from 'antd'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { useBlocker } from 'react-router'

/** Texts of the confirmation. */
export interface CloseQuestion {
  readonly title: string
  readonly text: string
  readonly leave: string
  readonly stay: string
}

/**
 * Asks for confirmation before a dialog is closed while `atRisk`: on Esc, the close button, the browser's Back and any
 * navigation; on closing the tab, in the browser's own words. `close` closes without asking; `askToClose` asks if
 * something is at risk. Render `holder` inside the dialog.
 */
export function useCloseGuard(
  atRisk: boolean,
  question: CloseQuestion,
  onClose: () => void,
): { close: () => void; askToClose: () => void; holder: ReactNode } {
  const [modal, holder] = Modal.useModal()
  const isArmed = useRef(false)
  const isAsking = useRef(false)
  const blocker = useBlocker(() => isArmed.current)

  const close = () => {
    isArmed.current = false
    onClose()
  }

  async function ask(): Promise<boolean> {
    if (isAsking.current) return false
    isAsking.current = true
    const answer = await modal.confirm({
      title: question.title,
      content: question.text,
      okText: question.leave,
      okButtonProps: { danger: true },
      cancelText: question.stay,
      focusable: { autoFocusButton: 'cancel' },
    })
    isAsking.current = false
    return answer
  }

  const askToClose = async () => {
    if (!isArmed.current || (await ask())) close()
  }

  const askToLeave = useEffectEvent(async () => {
    if (await ask()) blocker.proceed?.()
    else blocker.reset?.()
  })

  // The router, outside React, waits for the answer.
  useEffect(() => {
    if (blocker.state === 'blocked') void askToLeave()
  }, [blocker])

  // The router and the window are outside React.
  useEffect(() => {
    isArmed.current = atRisk
    if (!atRisk) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => {
      isArmed.current = false
      window.removeEventListener('beforeunload', warn)
    }
  }, [atRisk])

  return { close, askToClose: () => void askToClose(), holder }
}
