import { Button } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import type { InstanceDetail } from '../../contract/ccr/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { useMay } from '../session/use-may.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import definitionListStyles from '../ui/definition-list.module.css'
import { formatTime } from '../ui/format.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import panelStyles from '../ui/panel.module.css'
import { InstanceStatus } from './InstanceStatus.tsx'
import { InstanceTags } from './InstanceTags.tsx'

const InstanceTagsDialog = lazyPart(async () => (await import('./InstanceTagsDialog.tsx')).InstanceTagsDialog)

/** Name, ID, status, edition, region and tags of an instance. */
export function InstanceSummary({ detail }: { detail: InstanceDetail }): ReactElement {
  const { common, instances } = useMessages()
  const { info } = detail
  const mayEdit = useMay()('administer', { instanceId: info.id })
  const [editing, setEditing] = useState(false)
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="summary">
      <h2 id="summary">{instances.summary}</h2>
      <dl className={definitionListStyles.list}>
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
        <dd>{instances.regions[info.region] ?? info.region}</dd>
        <dt>{common.created}</dt>
        <dd>{formatTime(info.createTime)}</dd>
        <dt>{instances.tags}</dt>
        <dd>
          <InstanceTags tags={info.tags} />
          {mayEdit && (
            <Button
              type="link"
              size="small"
              aria-label={instances.editTagsOf(info.name)}
              onClick={() => setEditing(true)}
            >
              {common.edit}
            </Button>
          )}
        </dd>
      </dl>
      <PartBoundary onFailed={() => setEditing(false)}>
        {editing && <InstanceTagsDialog instance={info} onClosed={() => setEditing(false)} />}
      </PartBoundary>
    </section>
  )
}
