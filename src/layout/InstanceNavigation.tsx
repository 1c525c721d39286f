import {
  ApartmentOutlined,
  AuditOutlined,
  ContainerOutlined,
  DashboardOutlined,
  InboxOutlined,
  KeyOutlined,
  RobotOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { NavLink, useLocation } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useMay } from '../session/use-may.ts'
import styles from './InstanceNavigation.module.css'
import { samePage } from './same-page.ts'

/** Links to the pages of an instance. A chart's pages count as part of the chart list. */
export function InstanceNavigation({
  instanceId,
  onNavigate,
}: {
  instanceId: string
  onNavigate?: () => void
}): ReactElement {
  const { audit, credentials, layout, people, robots } = useMessages()
  const may = useMay()
  const { pathname } = useLocation()
  const here = samePage(pathname, instanceId)
  const pages = [
    { to: paths.instance(instanceId), label: layout.overview, icon: <DashboardOutlined aria-hidden /> },
    { to: paths.namespaces(instanceId), label: layout.namespaces, icon: <ApartmentOutlined aria-hidden /> },
    { to: paths.charts(instanceId), label: layout.helmChart, icon: <ContainerOutlined aria-hidden /> },
    { to: paths.artifacts(instanceId), label: layout.artifacts, icon: <InboxOutlined aria-hidden /> },
    { to: paths.credentials(instanceId), label: credentials.title, icon: <KeyOutlined aria-hidden /> },
    ...(may('administer', { instanceId })
      ? [
          { to: paths.robots(instanceId), label: robots.title, icon: <RobotOutlined aria-hidden /> },
          { to: paths.members(instanceId), label: people.members, icon: <TeamOutlined aria-hidden /> },
          { to: paths.instanceAudit(instanceId), label: audit.title, icon: <AuditOutlined aria-hidden /> },
        ]
      : []),
  ]
  return (
    <nav className={styles.navigation} aria-label={layout.navigation}>
      <ul>
        {pages.map(({ to, label, icon }) => (
          <li key={to}>
            <NavLink end to={to} className={clsx(to === here && styles.here)} onClick={onNavigate}>
              {icon}
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
