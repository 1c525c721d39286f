import {
  AuditOutlined,
  ClockCircleOutlined,
  DatabaseOutlined,
  IdcardOutlined,
  LogoutOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { endSession, sessionQueries } from '../api/session.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useMay } from '../session/use-may.ts'
import styles from './AccountMenu.module.css'
import choiceListStyles from './ChoiceList.module.css'
import { HeaderMenu } from './HeaderMenu.tsx'

/** The menu of the signed-in account: links to account and administration pages, and sign-out. */
export function AccountMenu(): ReactElement {
  const { audit, jobs, layout, people, storage } = useMessages()
  const may = useMay()
  const { data: session } = useQuery(sessionQueries.current())
  const signOut = useMutation({
    mutationFn: endSession,
    // A full page load clears this account's data from memory.
    onSuccess: () => location.assign(paths.signIn()),
  })
  const name = session?.account.name ?? ''
  return (
    <HeaderMenu
      label={layout.account(name)}
      button={
        <>
          <UserOutlined aria-hidden />
          <span className={styles.name}>{name}</span>
        </>
      }
    >
      {(close) => (
        <>
          <div className={styles.account}>
            <span>{layout.signedInAs}</span>
            <strong>{name}</strong>
            {session?.account.role === 'administrator' && <span>{layout.administrator}</span>}
          </div>
          <ul className={choiceListStyles.list}>
            <li>
              <Link to={paths.account()} onClick={close}>
                <IdcardOutlined aria-hidden />
                <span>{people.ownAccount}</span>
              </Link>
            </li>
            {may('administer') && (
              <>
                <li>
                  <Link to={paths.accounts()} onClick={close}>
                    <TeamOutlined aria-hidden />
                    <span>{people.accounts}</span>
                  </Link>
                </li>
                <li>
                  <Link to={paths.audit()} onClick={close}>
                    <AuditOutlined aria-hidden />
                    <span>{audit.title}</span>
                  </Link>
                </li>
                <li>
                  <Link to={paths.storage()} onClick={close}>
                    <DatabaseOutlined aria-hidden />
                    <span>{storage.title}</span>
                  </Link>
                </li>
                <li>
                  <Link to={paths.jobs()} onClick={close}>
                    <ClockCircleOutlined aria-hidden />
                    <span>{jobs.title}</span>
                  </Link>
                </li>
              </>
            )}
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
