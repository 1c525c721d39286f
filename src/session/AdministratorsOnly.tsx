import type { ReactElement } from 'react'
import { Outlet, useParams } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import { NoAccess } from '../ui/NoAccess.tsx'
import { useMay } from './use-may.ts'

/** Around pages for administrators: of the instance that the path names, otherwise of the registry. */
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
