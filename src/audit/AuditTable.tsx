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
import { useEventWords } from './use-event-words.ts'

/** A page of the record. On a narrow screen what a column would say stands below what was done. */
export function AuditTable({
  label,
  events,
  instances = [],
  chart,
  stale,
}: {
  label: string
  events: readonly AuditEvent[]
  /** Whose names are known. */
  instances?: readonly Pick<Instance, 'id' | 'name'>[]
  /** The chart that all of it is about, which need not be said then. */
  chart?: string
  stale: boolean
}): ReactElement {
  const { audit } = useMessages()
  const { what, who, about, credential } = useEventWords({ instances, chart })
  // Readers who may not change the namespace are not told where from.
  const isFromTold = events.some(({ address }) => address !== null)
  const from: ListColumn<AuditEvent> = {
    key: 'from',
    title: audit.where,
    from: 'large',
    render: (event) => <From of={event} />,
  }
  const columns: ListColumn<AuditEvent>[] = [
    { key: 'at', title: audit.time, from: 'medium', nowrap: true, render: ({ at }) => formatTime(at) },
    {
      key: 'what',
      title: audit.what,
      render: (event) => (
        <>
          <span className={styles.what}>{what(event)}</span>
          {event.outcome === 'refused' && (
            <span className={styles.refused}>
              <Badge tone="bad">{audit.outcomes.refused}</Badge>
              {event.reason && <span title={event.reason}>{audit.reasons[event.reason] ?? event.reason}</span>}
            </span>
          )}
          <span className={styles.about}>{about(event)}</span>
          <Digests of={event} />
          <span className={clsx(cellsStyles.note, cellsStyles.belowMedium)}>
            {formatTime(event.at)} · {who(event)}
          </span>
          {isFromTold && (
            <span className={clsx(cellsStyles.note, cellsStyles.belowLarge)}>
              <From of={event} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'who',
      title: audit.who,
      from: 'medium',
      render: (event) => (
        <>
          <span className={styles.who}>{who(event)}</span>
          {event.credential && <span className={cellsStyles.note}>{credential(event.credential)}</span>}
        </>
      ),
    },
    ...(isFromTold ? [from] : []),
  ]
  return <ListTable label={label} columns={columns} rows={events} rowKey={({ id }) => id} nameOf={what} stale={stale} />
}

function From({ of: { door, client, address } }: { of: AuditEvent }) {
  const { audit } = useMessages()
  return (
    <>
      {audit.doors[door]}
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

/** What was there before, and what is there now. */
function Digests({ of: { digestBefore, digestAfter } }: { of: AuditEvent }) {
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
