import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { InstanceDetail } from '../../contract/ccr/instances.ts'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { formatBytes } from '../ui/format.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import panelStyles from '../ui/panel.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import sectionsStyles from '../ui/sections.module.css'
import { InstanceAddresses } from './InstanceAddresses.tsx'
import { InstanceSummary } from './InstanceSummary.tsx'
import styles from './OverviewPage.module.css'
import quotaMeterStyles from './QuotaMeter.module.css'
import { QuotaMeter } from './QuotaMeter.tsx'
import { usageOf } from './usage.ts'
import { useInstanceId } from './use-instance-id.ts'

/** Overview of an instance: usage against quotas, summary and addresses. */
export function OverviewPage(): ReactElement {
  const { instances, layout } = useMessages()
  const instanceId = useInstanceId()
  const detail = useQuery(instanceQueries.detail(instanceId))
  return (
    <>
      <PageHeader
        title={instances.overview}
        breadcrumb={[
          { title: layout.instances, to: paths.instances() },
          { title: detail.data?.info.name ?? instanceId },
        ]}
      />
      <QueryState query={detail}>
        {(data) => (
          <>
            <Warnings detail={data} />
            <div className={sectionsStyles.sections}>
              <section
                className={clsx(panelStyles.panel, panelStyles.padded, sectionsStyles.wide)}
                aria-labelledby="usage"
              >
                <h2 id="usage">{instances.usage}</h2>
                <div className={styles.meters}>
                  <QuotaMeter
                    name={instances.namespaces}
                    used={data.statistic.namespace}
                    quota={data.quota.namespace}
                    to={paths.namespaces(instanceId)}
                  />
                  <QuotaMeter
                    name={instances.charts}
                    used={data.statistic.chart}
                    quota={data.quota.chart}
                    to={paths.charts(instanceId)}
                  />
                  <div>
                    <div className={quotaMeterStyles.name}>{instances.storage}</div>
                    <div className={quotaMeterStyles.value}>
                      <strong>{formatBytes(data.statistic.storage)}</strong>
                    </div>
                    <div className={quotaMeterStyles.note}>{instances.storageText}</div>
                  </div>
                </div>
              </section>
              <InstanceSummary detail={data} />
              <InstanceAddresses instance={data.info} />
            </div>
          </>
        )}
      </QueryState>
    </>
  )
}

/** Warnings about quotas that are nearly or completely used. */
function Warnings({ detail }: { detail: InstanceDetail }) {
  const { instances } = useMessages()
  const warnings = [
    { name: instances.namespaces, usage: usageOf(detail.statistic.namespace, detail.quota.namespace) },
    { name: instances.charts, usage: usageOf(detail.statistic.chart, detail.quota.chart) },
  ].filter(({ usage }) => usage.level !== 'normal')
  if (warnings.length === 0) return null
  return (
    <div className={styles.warnings}>
      {warnings.map(({ name, usage }) => (
        <Alert
          key={name}
          showIcon
          type={usage.level === 'full' ? 'error' : 'warning'}
          title={usage.level === 'full' ? instances.full(name) : instances.nearlyFull(name, usage.percent)}
        />
      ))}
    </div>
  )
}
