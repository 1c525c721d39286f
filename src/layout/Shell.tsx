import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link, Outlet, ScrollRestoration, useMatch } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { FirstPaint } from './FirstPaint.tsx'
import { InstanceNavigation } from './InstanceNavigation.tsx'
import { InstanceSwitcher } from './InstanceSwitcher.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import { Mark } from './Mark.tsx'
import { NavigationDrawer } from './NavigationDrawer.tsx'
import styles from './Shell.module.css'
import { ThemeMenu } from './ThemeMenu.tsx'

/** The frame around every page: header, navigation between the pages of an instance, and the <main> element. */
export function Shell(): ReactElement {
  const { common, layout } = useMessages()
  const instanceId = useMatch('/instances/:instanceId/*')?.params.instanceId
  return (
    <div className={instanceId ? clsx(styles.shell, styles.withNavigation) : styles.shell}>
      <a className={styles.skipLink} href="#content">
        {layout.skipToContent}
      </a>
      <header className={styles.header}>
        {instanceId && <NavigationDrawer instanceId={instanceId} />}
        <Link className={styles.brand} to={paths.instances()} aria-label={layout.home}>
          <Mark />
          <span className={styles.product}>{common.product}</span>
        </Link>
        {instanceId && <InstanceSwitcher instanceId={instanceId} />}
        <div className={styles.tools}>
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu />
        </div>
      </header>
      {instanceId && (
        <div className={styles.side}>
          <InstanceNavigation instanceId={instanceId} />
        </div>
      )}
      <main id="content" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <ScrollRestoration />
      <FirstPaint />
    </div>
  )
}
