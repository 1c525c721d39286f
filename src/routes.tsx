import type { QueryClient } from '@tanstack/react-query'
import { createBrowserRouter, type DataRouter, Navigate, type RouteObject } from 'react-router'
import { instanceQueries } from './api/instances.ts'
import { ChartsPage } from './charts/ChartsPage.tsx'
import { prefetchChartsPage } from './charts/prefetch-charts-page.ts'
import { InstanceLayout } from './instances/InstanceLayout.tsx'
import { CrashPage } from './layout/CrashPage.tsx'
import { PageFailure } from './layout/PageFailure.tsx'
import { Shell } from './layout/Shell.tsx'
import { Splash } from './layout/Splash.tsx'
import { paths } from './paths.ts'
import { AdministratorsOnly } from './session/AdministratorsOnly.tsx'
import { RequireSession } from './session/RequireSession.tsx'
import { NotFound } from './ui/NotFound.tsx'

/** Routes of an instance's pages; `paths.ts` builds their URLs. */
const instancePages = (queryClient: QueryClient): RouteObject[] => [
  { index: true, lazy: async () => ({ Component: (await import('./instances/OverviewPage.tsx')).OverviewPage }) },
  {
    path: 'namespaces',
    lazy: async () => ({ Component: (await import('./namespaces/NamespacesPage.tsx')).NamespacesPage }),
  },
  {
    path: 'charts',
    loader: ({ params: { instanceId = '' }, request }) => prefetchChartsPage(queryClient, instanceId, request.url),
    shouldRevalidate: () => false,
    Component: ChartsPage,
  },
  {
    path: 'artifacts',
    lazy: async () => ({ Component: (await import('./artifacts/ArtifactsPage.tsx')).ArtifactsPage }),
  },
  {
    path: 'credentials',
    lazy: async () => ({ Component: (await import('./credentials/CredentialsPage.tsx')).CredentialsPage }),
  },
  {
    Component: AdministratorsOnly,
    children: [
      { path: 'robots', lazy: async () => ({ Component: (await import('./robots/RobotsPage.tsx')).RobotsPage }) },
      { path: 'members', lazy: async () => ({ Component: (await import('./people/MembersPage.tsx')).MembersPage }) },
      {
        path: 'audit',
        lazy: async () => ({ Component: (await import('./audit/InstanceAuditPage.tsx')).InstanceAuditPage }),
      },
    ],
  },
  {
    path: 'namespaces/:namespace/charts/:chart',
    lazy: async () => ({ Component: (await import('./versions/ChartLayout.tsx')).ChartLayout }),
    children: insidePageFailure([
      { index: true, element: <Navigate to="versions" replace /> },
      {
        path: 'versions',
        lazy: async () => ({ Component: (await import('./versions/VersionsPage.tsx')).VersionsPage }),
      },
      {
        path: 'information',
        lazy: async () => ({ Component: (await import('./versions/InformationPage.tsx')).InformationPage }),
      },
      {
        path: 'activity',
        lazy: async () => ({ Component: (await import('./audit/ActivityPage.tsx')).ActivityPage }),
      },
    ]),
  },
]

/**
 * All routes. A page's code is loaded on the first visit, except the chart list: it is the most visited page, and most
 * of its code is common to all lists. A loader starts the requests of its page at the same time as the code loads, and
 * does not wait for them.
 */
const routes = (queryClient: QueryClient): RouteObject[] => [
  {
    ErrorBoundary: CrashPage,
    HydrateFallback: Splash,
    children: [
      { path: '/sign-in', lazy: async () => ({ Component: (await import('./session/SignInPage.tsx')).SignInPage }) },
      {
        path: '/signed-in',
        lazy: async () => ({ Component: (await import('./session/SignedInPage.tsx')).SignedInPage }),
      },
      {
        Component: RequireSession,
        children: [
          {
            Component: Shell,
            children: insidePageFailure([
              { index: true, element: <Navigate to={paths.instances()} replace /> },
              {
                path: '/account',
                lazy: async () => ({ Component: (await import('./account/OwnAccountPage.tsx')).OwnAccountPage }),
              },
              {
                path: '/account/access-keys',
                lazy: async () => ({ Component: (await import('./account/AccessKeysPage.tsx')).AccessKeysPage }),
              },
              {
                Component: AdministratorsOnly,
                children: [
                  {
                    path: '/accounts',
                    lazy: async () => ({ Component: (await import('./people/AccountsPage.tsx')).AccountsPage }),
                  },
                  {
                    path: '/storage',
                    lazy: async () => ({ Component: (await import('./storage/StoragePage.tsx')).StoragePage }),
                  },
                  {
                    path: '/jobs',
                    lazy: async () => ({ Component: (await import('./jobs/JobsPage.tsx')).JobsPage }),
                  },
                  {
                    path: '/audit',
                    lazy: async () => ({ Component: (await import('./audit/AuditPage.tsx')).AuditPage }),
                  },
                ],
              },
              {
                path: '/instances',
                lazy: async () => ({ Component: (await import('./instances/InstancesPage.tsx')).InstancesPage }),
              },
              {
                path: '/instances/:instanceId',
                loader: ({ params: { instanceId = '' } }) => {
                  void queryClient.prefetchQuery(instanceQueries.detail(instanceId))
                  return null
                },
                shouldRevalidate: () => false,
                Component: InstanceLayout,
                children: [...instancePages(queryClient), { path: '*', Component: NotFound }],
              },
              { path: '*', Component: NotFound },
            ]),
          },
        ],
      },
    ],
  },
]

/** Shows the failure of a page in its place, within the layout around it. */
function insidePageFailure(children: RouteObject[]): RouteObject[] {
  return [{ ErrorBoundary: PageFailure, children }]
}

/** Creates the router of the console. */
export function createConsoleRouter(queryClient: QueryClient): DataRouter {
  return createBrowserRouter(routes(queryClient))
}
