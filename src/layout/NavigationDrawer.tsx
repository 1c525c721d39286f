import { CloseOutlined, MenuOutlined } from '@ant-design/icons'
import { clsx } from 'clsx'
import { type ReactElement, useRef } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import headerStyles from './header.module.css'
import { InstanceNavigation } from './InstanceNavigation.tsx'
import styles from './NavigationDrawer.module.css'

/** The navigation on narrow screens: a button that opens a drawer, a native modal dialog. */
export function NavigationDrawer({ instanceId }: { instanceId: string }): ReactElement {
  const { common, layout } = useMessages()
  const drawer = useRef<HTMLDialogElement>(null)
  const close = () => drawer.current?.close()
  return (
    <>
      <button
        type="button"
        className={clsx(headerStyles.button, styles.open)}
        aria-label={layout.openNavigation}
        onClick={() => drawer.current?.showModal()}
      >
        <MenuOutlined aria-hidden />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: handles clicks on the backdrop; the keyboard has Escape. */}
      <dialog
        ref={drawer}
        className={styles.drawer}
        aria-label={layout.navigation}
        onClick={(event) => {
          if (event.target === drawer.current) close()
        }}
      >
        <button type="button" className={headerStyles.button} aria-label={common.close} onClick={close}>
          <CloseOutlined aria-hidden />
        </button>
        <InstanceNavigation instanceId={instanceId} onNavigate={close} />
      </dialog>
    </>
  )
}
