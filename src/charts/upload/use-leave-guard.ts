import { App } from 'antd'
import { useEffect, useEffectEvent } from 'react'
import { useBlocker } from 'react-router'
import { useMessages } from '../../i18n/use-messages.ts'

/** While `open` uploads are not finished, leaving the dialog or the page asks first; `onLeave` stops them. */
export function useLeaveGuard(open: number, onLeave: () => void): void {
  const { modal } = App.useApp()
  const { upload } = useMessages()
  const running = open > 0
  const blocker = useBlocker(running)

  const ask = useEffectEvent(async () => {
    const leaves = await modal.confirm({
      title: upload.leaveTitle,
      content: upload.leaveText(open),
      okText: upload.leaveStop,
      okButtonProps: { danger: true },
      cancelText: upload.leaveStay,
      focusable: { autoFocusButton: 'cancel' },
    })
    if (!leaves) {
      blocker.reset?.()
      return
    }
    onLeave()
    blocker.proceed?.()
  })

  // The router waits outside React for an answer.
  useEffect(() => {
    if (blocker.state === 'blocked') void ask()
  }, [blocker.state])

  // The browser's own question, for closing the tab; its words are the browser's.
  useEffect(() => {
    if (!running) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [running])
}
