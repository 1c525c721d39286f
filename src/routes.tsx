import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { CrashPage } from './layout/CrashPage.tsx'
import { Splash } from './layout/Splash.tsx'
import { paths } from './paths.ts'
import { RequireSession } from './session/RequireSession.tsx'
import { NotFound } from './ui/NotFound.tsx'

/** Pages of one instance; `paths.ts` has the addresses. */
const instancePages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./instances/OverviewPage.tsx')).OverviewPage }) },
  {
    path: 'namespaces',
    lazy: async () => ({ Component: (await import('./namespaces/NamespacesPage.tsx')).NamespacesPage }),
  },
  { path: 'charts', lazy: async () => ({ Component: (await import('./charts/ChartsPage.tsx')).ChartsPage }) },
  {
    path: 'artifacts',
    lazy: async () => ({ Component: (await import('./artifacts/ArtifactsPage.tsx')).ArtifactsPage }),
  },
  {
    path: 'credentials',
    lazy: async () => ({ Component: (await import('./credentials/CredentialsPage.tsx')).CredentialsPage }),
  },
  { path: 'robots', lazy: async () => ({ Component: (await import('./robots/RobotsPage.tsx')).RobotsPage }) },
  { path: 'members', lazy: async () => ({ Component: (await import('./people/MembersPage.tsx')).MembersPage }) },
  {
    path: 'namespaces/:namespace/charts/:chart',
    lazy: async () => ({ Component: (await import('./versions/ChartLayout.tsx')).ChartLayout }),
    children: [
      { index: true, element: <Navigate to="versions" replace /> },
      {
        path: 'versions',
        lazy: async () => ({ Component: (await import('./versions/VersionsPage.tsx')).VersionsPage }),
      },
      {
        path: 'information',
        lazy: async () => ({ Component: (await import('./versions/InformationPage.tsx')).InformationPage }),
      },
    ],
  },
]

/** What is drawn at which address. A page's code is loaded when it is first gone to. */
const routes: RouteObject[] = [
  {
    ErrorBoundary: CrashPage,
    HydrateFallback: Splash,
    children: [
      { path: '/sign-in', lazy: async () => ({ Component: (await import('./session/SignInPage.tsx')).SignInPage }) },
      {
        Component: RequireSession,
        children: [
          {
            lazy: async () => ({ Component: (await import('./layout/Shell.tsx')).Shell }),
            children: [
              { index: true, element: <Navigate to={paths.instances()} replace /> },
              {
                path: '/account',
                lazy: async () => ({ Component: (await import('./account/OwnAccountPage.tsx')).OwnAccountPage }),
              },
              {
                path: '/accounts',
                lazy: async () => ({ Component: (await import('./people/AccountsPage.tsx')).AccountsPage }),
              },
              {
                path: '/instances',
                lazy: async () => ({ Component: (await import('./instances/InstancesPage.tsx')).InstancesPage }),
              },
              {
                path: '/instances/:instanceId',
                lazy: async () => ({ Component: (await import('./instances/InstanceLayout.tsx')).InstanceLayout }),
                children: [...instancePages, { path: '*', Component: NotFound }],
              },
              { path: '*', Component: NotFound },
            ],
          },
        ],
      },
    ],
  },
]

/** The router of the console. */
export function createConsoleRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter(routes)
}
