import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import type { Instance } from '../../contract/ccr/instances.ts'
import type { AuditEvent } from '../../contract/console/audit.ts'
import { Badge } from '../charts/Badge.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import cellsStyles from '../ui/cells.module.css'
import { formatTime, shortDigest } from '../ui/format.ts'
import { type ListColumn, ListTable } from '../ui/ListTable.tsx'
import visuallyHiddenStyles from '../ui/visually-hidden.module.css'
import styles from './AuditTable.module.css'
import { clientName } from './client-name.ts'
import { useEventLabels } from './use-event-labels.ts'

/** Table of audit events. On narrow screens the values of hidden columns appear below the action. */
export function AuditTable({
  label,
  events,
  instances = [],
  chart,
  stale,
}: {
  label: string
  events: readonly AuditEvent[]
  /** Instances to show by name instead of by ID; without any, events do not name their instance. */
  instances?: readonly Pick<Instance, 'id' | 'name'>[]
  /** The chart that all events are about; they do not repeat its name. */
  chart?: string
  stale: boolean
}): ReactElement {
  const { audit } = useMessages()
  const { actionOf, actorOf, targetOf, credentialOf } = useEventLabels({ instances, chart })
  // The server omits addresses for users who may not change the namespace.
  const hasSources = events.some(({ address }) => address !== null)
  const source: ListColumn<AuditEvent> = {
    key: 'source',
    title: audit.source,
    from: 'large',
    render: (event) => <Source event={event} />,
  }
  const columns: ListColumn<AuditEvent>[] = [
    { key: 'at', title: audit.time, from: 'medium', nowrap: true, render: ({ at }) => formatTime(at) },
    {
      key: 'event',
      title: audit.event,
      render: (event) => (
        <>
          <span className={styles.action}>{actionOf(event)}</span>
          {event.outcome === 'denied' && (
            <span className={styles.denied}>
              <Badge tone="bad">{audit.outcomes.denied}</Badge>
              {event.reason && <span title={event.reason}>{audit.reasons[event.reason] ?? event.reason}</span>}
            </span>
          )}
          <span className={styles.target}>{targetOf(event)}</span>
          <Digests event={event} />
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {formatTime(event.at)} · {actorOf(event)}
          </span>
          {hasSources && (
            <span className={clsx(cellsStyles.note, cellsStyles.belowLarge)}>
              <Source event={event} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'actor',
      title: audit.actor,
      from: 'medium',
      render: (event) => (
        <>
          <span className={styles.actor}>{actorOf(event)}</span>
          {event.credential && <span className={cellsStyles.note}>{credentialOf(event.credential)}</span>}
        </>
      ),
    },
    ...(hasSources ? [source] : []),
  ]
  return (
    <ListTable label={label} columns={columns} rows={events} rowKey={({ id }) => id} nameOf={actionOf} stale={stale} />
  )
}

function Source({ event: { protocol, client, address } }: { event: AuditEvent }) {
  const { audit } = useMessages()
  return (
    <>
      {audit.protocols[protocol]}
      {client && (
        <>
          {' · '}
          <span title={client}>{clientName(client)}</span>
        </>
      )}
      {address && ` · ${address}`}
    </>
  )
}

/** Digests before and after the event. */
function Digests({ event: { digestBefore, digestAfter } }: { event: AuditEvent }) {
  const { audit } = useMessages()
  if (!digestBefore && !digestAfter) return null
  return (
    <span className={styles.digests}>
      {digestBefore && <Digest label={audit.digestBefore} digest={digestBefore} />}
      {digestBefore && digestAfter && <span aria-hidden>→</span>}
      {digestAfter && <Digest label={audit.digestAfter} digest={digestAfter} />}
    </span>
  )
}

function Digest({ label, digest }: { label: string; digest: string }) {
  const { audit } = useMessages()
  return (
    <span>
      <span className={visuallyHiddenStyles.visuallyHidden}>{label} </span>
      <code title={`${label}: ${digest}`}>{shortDigest(digest)}</code>
      <CopyButton text={digest} label={audit.copyDigest(label, shortDigest(digest))} />
    </span>
  )
}
