import { LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { endSession, sessionQueries } from '../api/session.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { HeaderMenu } from './HeaderMenu.tsx'

/** Says who is signed in, and signs out. */
export function AccountMenu(): ReactElement {
  const { layout } = useMessages()
  const { data: session } = useQuery(sessionQueries.current())
  const signOut = useMutation({
    mutationFn: endSession,
    // A full load on purpose: nothing of this account is left in memory for the next.
    onSuccess: () => location.assign(paths.signIn()),
  })
  const name = session?.account.name ?? ''
  return (
    <HeaderMenu
      label={layout.account(name)}
      className="account-button"
      button={
        <>
          <UserOutlined aria-hidden />
          <span className="account-name">{name}</span>
        </>
      }
    >
      {(close) => (
        <>
          <div className="account-facts">
            <span>{layout.signedInAs}</span>
            <strong>{name}</strong>
            {session?.account.role === 'administrator' && <span>{layout.administrator}</span>}
          </div>
          <ul className="choice-list">
            <li>
              <button
                type="button"
                onClick={() => {
                  close()
                  signOut.mutate()
                }}
              >
                <LogoutOutlined aria-hidden />
                <span>{layout.signOut}</span>
              </button>
            </li>
          </ul>
        </>
      )}
    </HeaderMenu>
  )
}
