import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Outlet } from 'react-router'
import { errorWithStatus } from '../api/api-error.ts'
import { instanceQueries } from '../api/instances.ts'
import { NotFound } from '../ui/NotFound.tsx'
import { useInstanceId } from './use-instance-id.ts'

/** Layout of all pages of an instance; shows "not found" if the instance does not exist. */
export function InstanceLayout(): ReactElement {
  const { error, data } = useQuery(instanceQueries.detail(useInstanceId()))
  if (!data && errorWithStatus(error, 404)) return <NotFound />
  return <Outlet />
}
