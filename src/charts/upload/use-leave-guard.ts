import { App } from 'antd'
import { useEffect, useEffectEvent } from 'react'
import { useBlocker } from 'react-router'
import { useMessages } from '../../i18n/use-messages.ts'

/** Asks for confirmation before the user leaves the dialog or page with `open` uploads; `onLeave` stops them. */
export function useLeaveGuard(open: number, onLeave: () => void): void {
  const { modal } = App.useApp()
  const { upload } = useMessages()
  const running = open > 0
  const blocker = useBlocker(running)

  const ask = useEffectEvent(() => {
    const question = modal.confirm({
      title: upload.leaveTitle,
      content: upload.leaveText(open),
      okText: upload.leaveStop,
      okButtonProps: { danger: true },
      cancelText: upload.leaveStay,
      focusable: { autoFocusButton: 'cancel' },
    })
    const followAnswer = async () => {
      if (!(await question)) {
        blocker.reset?.()
        return
      }
      onLeave()
      blocker.proceed?.()
    }
    void followAnswer()
    return question.destroy
  })

  // The router waits outside React for an answer. Depends on the blocker itself, a new one for each attempt: React may
  // not render between two attempts, so their states would look the same.
  useEffect(() => (blocker.state === 'blocked' ? ask() : undefined), [blocker])

  // The browser's own confirmation, for closing the tab. Its text cannot be changed.
  useEffect(() => {
    if (!running) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [running])
}
