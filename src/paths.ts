import { ACCOUNT_PAGE, SIGN_IN_PAGE } from '../contract/console/provider.ts'

/** All URLs of the console. Other modules must not build paths themselves. */
export const paths = {
  signIn: (to?: string) => (to ? `${SIGN_IN_PAGE}?to=${encodeURIComponent(to)}` : SIGN_IN_PAGE),
  /** Final page of a sign-in in a separate tab. */
  signedIn: () => '/signed-in',
  account: () => ACCOUNT_PAGE,
  accessKeys: () => `${ACCOUNT_PAGE}/access-keys`,
  accounts: () => '/accounts',
  audit: () => '/audit',
  storage: () => '/storage',
  jobs: () => '/jobs',
  instances: () => '/instances',
  instance: (instanceId: string) => `/instances/${encodeURIComponent(instanceId)}`,
  namespaces: (instanceId: string) => `${paths.instance(instanceId)}/namespaces`,
  charts: (instanceId: string, namespace?: string) =>
    `${paths.instance(instanceId)}/charts${namespace ? `?namespace=${encodeURIComponent(namespace)}` : ''}`,
  artifacts: (instanceId: string) => `${paths.instance(instanceId)}/artifacts`,
  credentials: (instanceId: string) => `${paths.instance(instanceId)}/credentials`,
  robots: (instanceId: string) => `${paths.instance(instanceId)}/robots`,
  members: (instanceId: string) => `${paths.instance(instanceId)}/members`,
  instanceAudit: (instanceId: string) => `${paths.instance(instanceId)}/audit`,
  chart: (at: ChartAddress) =>
    `${paths.instance(at.instanceId)}/namespaces/${encodeURIComponent(at.namespace)}/charts/${encodeURIComponent(at.chart)}`,
  versions: (at: ChartAddress) => `${paths.chart(at)}/versions`,
  activity: (at: ChartAddress) => `${paths.chart(at)}/activity`,
  information: (at: ChartAddress, version?: string) =>
    `${paths.chart(at)}/information${version ? `?version=${encodeURIComponent(version)}` : ''}`,
}

/** Identifies a chart in URLs and API calls. */
export interface ChartAddress {
  readonly instanceId: string
  readonly namespace: string
  readonly chart: string
}
