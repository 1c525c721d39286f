import { useQuery } from '@tanstack/react-query'
import type { ComponentProps, ReactElement } from 'react'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { PageHeader } from '../ui/PageHeader.tsx'

/** Header of an instance's page, with a breadcrumb through the instance. */
export function InstancePageHeader({
  instanceId,
  ...header
}: { instanceId: string } & Omit<ComponentProps<typeof PageHeader>, 'breadcrumb'>): ReactElement {
  const { layout } = useMessages()
  const instance = useQuery(instanceQueries.detail(instanceId))
  return (
    <PageHeader
      {...header}
      within={[instance.data?.info.name ?? instanceId]}
      breadcrumb={[
        { title: layout.instances, to: paths.instances() },
        { title: instance.data?.info.name ?? instanceId, to: paths.instance(instanceId) },
        { title: header.title },
      ]}
    />
  )
}
