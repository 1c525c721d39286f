import type { ReactElement } from 'react'
import { Outlet, useParams } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { NoAccess } from '../ui/NoAccess.tsx'
import { useMay } from './use-may.ts'

/** Restricts its child routes to administrators: of the instance in the path if there is one, else of the registry. */
export function AdministratorsOnly(): ReactElement {
  const { common } = useMessages()
  const { instanceId } = useParams()
  const may = useMay()
  if (may('administer', instanceId === undefined ? undefined : { instanceId })) return <Outlet />
  return (
    <NoAccess
      grantedBy={instanceId === undefined ? common.askRegistryAdministrator : common.askInstanceAdministrator}
    />
  )
}
