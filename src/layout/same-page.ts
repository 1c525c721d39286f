import { paths } from '../paths.ts'

/** Returns the page of another instance that corresponds to `pathname`; for a chart's page, the chart list. */
export function samePage(pathname: string, instanceId: string): string {
  const [, , , page, , kind] = pathname.split('/')
  if (page === 'charts' || kind === 'charts') return paths.charts(instanceId)
  if (page === 'artifacts') return paths.artifacts(instanceId)
  if (page === 'audit') return paths.instanceAudit(instanceId)
  if (page === 'credentials') return paths.credentials(instanceId)
  if (page === 'robots') return paths.robots(instanceId)
  if (page === 'members') return paths.members(instanceId)
  if (page === 'namespaces') return paths.namespaces(instanceId)
  return paths.instance(instanceId)
}
