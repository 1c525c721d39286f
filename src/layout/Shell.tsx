import type { ReactElement } from 'react'
import { Link, Outlet, ScrollRestoration, useMatch } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { InstanceNavigation } from './InstanceNavigation.tsx'
import { InstanceSwitcher } from './InstanceSwitcher.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import { Mark } from './Mark.tsx'
import { NavigationDrawer } from './NavigationDrawer.tsx'
import { Settling } from './Settling.tsx'
import { ThemeMenu } from './ThemeMenu.tsx'
import './shell.css'

/** The frame around every page: the bar, the navigation of an instance's pages, and the one <main>. */
export function Shell(): ReactElement {
  const { common, layout } = useMessages()
  const instanceId = useMatch('/instances/:instanceId/*')?.params.instanceId
  return (
    <div className={instanceId ? 'shell shell-with-navigation' : 'shell'}>
      <a className="skip-link" href="#content">
        {layout.skipToContent}
      </a>
      <header className="shell-header">
        {instanceId && <NavigationDrawer instanceId={instanceId} />}
        <Link className="shell-brand" to={paths.instances()} aria-label={layout.home}>
          <Mark />
          <span className="shell-product">{common.product}</span>
        </Link>
        {instanceId && <InstanceSwitcher instanceId={instanceId} />}
        <div className="shell-tools">
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu />
        </div>
      </header>
      {instanceId && (
        <div className="shell-side">
          <InstanceNavigation instanceId={instanceId} />
        </div>
      )}
      <main id="content" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
      <ScrollRestoration />
      <Settling />
    </div>
  )
}
