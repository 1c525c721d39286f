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

  const ask = useEffectEvent(() => {
    const question = modal.confirm({
      title: upload.leaveTitle,
      content: upload.leaveText(open),
      okText: upload.leaveStop,
      okButtonProps: { danger: true },
      cancelText: upload.leaveStay,
      focusable: { autoFocusButton: 'cancel' },
    })
    const heed = async () => {
      if (!(await question)) {
        blocker.reset?.()
        return
      }
      onLeave()
      blocker.proceed?.()
    }
    void heed()
    return question.destroy
  })

  // The router waits outside React for an answer. Each attempt is a blocker of its own, asked about anew: React may
  // never draw the moment between two of them, so that their states alone would look the same.
  useEffect(() => (blocker.state === 'blocked' ? ask() : undefined), [blocker])

  // The browser's own question, for closing the tab; its words are the browser's.
  useEffect(() => {
    if (!running) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [running])
}
