import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { NavLink, Outlet, useLocation, useSearchParams } from 'react-router'
import * as z from 'zod/mini'
import { instanceQueries } from '../api/instances.ts'
import { versionQueries } from '../api/versions.ts'
import { Badge } from '../charts/Badge.tsx'
import { ChartIcon } from '../charts/ChartIcon.tsx'
import { ConnectButton } from '../connect/ConnectButton.tsx'
import { ConnectHost } from '../connect/ConnectHost.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { readListParams } from '../ui/list-search-params.ts'
import { NotFound } from '../ui/NotFound.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import styles from './ChartLayout.module.css'
import { useChartAddress } from './use-chart-address.ts'
import { versionParam } from './version-param.ts'

/** Parameter of pages about one version. */
const shownParams = z.object({ version: z.optional(versionParam) })

/** Layout of a chart's pages: breadcrumb, heading, and the navigation between them. */
export function ChartLayout(): ReactElement {
  const at = useChartAddress()
  const { audit, charts, layout, versions } = useMessages()
  const [search] = useSearchParams()
  const { pathname } = useLocation()
  const pageName = (path: string, version: string) =>
    path.endsWith('/information') ? version : path.endsWith('/activity') ? audit.activity : versions.management
  const instance = useQuery(instanceQueries.detail(at.instanceId))
  const latest = useQuery(versionQueries.latest(at))

  return (
    <QueryState query={latest}>
      {(found) =>
        found === null ? (
          <NotFound />
        ) : (
          <>
            <div className={styles.header}>
              <ChartIcon name={at.chart} icon={found.latest.icon} size={48} />
              <PageHeader
                title={at.chart}
                page={pageName(pathname, readListParams(shownParams, search).version ?? found.latest.version)}
                breadcrumb={[
                  { title: layout.instances, to: paths.instances() },
                  { title: instance.data?.info.name ?? at.instanceId, to: paths.instance(at.instanceId) },
                  { title: charts.title, to: paths.charts(at.instanceId) },
                  { title: at.namespace, to: paths.charts(at.instanceId, at.namespace) },
                  { title: at.chart },
                ]}
                description={
                  <>
                    {found.latest.deprecated && <Badge tone="attention">{charts.deprecated}</Badge>}
                    {found.latest.description}
                    {found.newerPrerelease && <Badge clipped>{versions.newerPrerelease(found.newerPrerelease)}</Badge>}
                  </>
                }
                extra={<ConnectButton />}
              />
            </div>
            <div className={styles.pages}>
              <nav className={styles.navigation} aria-label={versions.pagesOf(at.chart)}>
                <ul>
                  <li>
                    <NavLink to={paths.versions(at)}>{versions.management}</NavLink>
                  </li>
                  <li>
                    <NavLink to={paths.information(at)}>{versions.information}</NavLink>
                  </li>
                  <li>
                    <NavLink to={paths.activity(at)}>{audit.activity}</NavLink>
                  </li>
                </ul>
              </nav>
              <div className={styles.page}>
                <Outlet />
              </div>
            </div>
            <ConnectHost
              instanceId={at.instanceId}
              namespace={at.namespace}
              chart={{ name: at.chart, latest: found.latest.version }}
              version={readListParams(shownParams, search).version}
            />
          </>
        )
      }
    </QueryState>
  )
}
