import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Outlet } from 'react-router'
import { ApiError } from '../api/api-error.ts'
import { instanceQueries } from '../api/instances.ts'
import { NotFound } from '../ui/NotFound.tsx'
import { useInstanceId } from './use-instance-id.ts'

/** Around the pages of one instance: an ID that names none shows that, whatever the page. */
export function InstanceLayout(): ReactElement {
  const { error, data } = useQuery(instanceQueries.detail(useInstanceId()))
  if (!data && error instanceof ApiError && error.status === 404) return <NotFound />
  return <Outlet />
}
