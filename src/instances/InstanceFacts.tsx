import type { ReactElement } from 'react'
import type { InstanceDetail } from '../../contract/ccr/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { formatTime } from '../ui/format.ts'
import { InstanceStatus } from './InstanceStatus.tsx'
import { InstanceTags } from './InstanceTags.tsx'

/** What an instance is. */
export function InstanceFacts({ detail }: { detail: InstanceDetail }): ReactElement {
  const { common, instances } = useMessages()
  const { info } = detail
  return (
    <section className="panel panel-padded" aria-labelledby="facts">
      <h2 id="facts">{instances.facts}</h2>
      <dl className="facts">
        <dt>{common.name}</dt>
        <dd>{info.name}</dd>
        <dt>{instances.id}</dt>
        <dd>
          <code>{info.id}</code>
          <CopyButton text={info.id} label={instances.copyId(info.name)} />
        </dd>
        <dt>{instances.status}</dt>
        <dd>
          <InstanceStatus status={info.status} />
        </dd>
        <dt>{instances.edition}</dt>
        <dd>
          {instances.editions[info.instanceType]}
          <p>{instances.editionQuota(detail.quota.namespace, detail.quota.chart)}</p>
        </dd>
        <dt>{instances.region}</dt>
        <dd>{info.region}</dd>
        {info.customDomains.length > 0 && (
          <>
            <dt>{instances.customDomains}</dt>
            <dd>{info.customDomains.join(', ')}</dd>
          </>
        )}
        <dt>{common.created}</dt>
        <dd>{formatTime(info.createTime)}</dd>
        <dt>{instances.tags}</dt>
        <dd>
          <InstanceTags tags={info.tags} />
        </dd>
      </dl>
    </section>
  )
}
