import type { Instance } from '../../contract/ccr/instances.ts'
import type { AuditEvent } from '../../contract/console/audit.ts'
import { useMessages } from '../i18n/use-messages.ts'

interface EventWords {
  /** What was done, … */
  readonly what: (event: AuditEvent) => string
  /** … who did it, … */
  readonly who: (event: AuditEvent) => string
  /** … what they showed, from the words of the record: `access-key 0123…`, … */
  readonly credential: (written: string) => string
  /** … and what it was about. */
  readonly about: (event: AuditEvent) => string
}

/** The words for the events of the record. */
export function useEventWords({
  instances,
  chart: known,
}: {
  /** Whose names are known. */
  instances: readonly Pick<Instance, 'id' | 'name'>[]
  /** The chart that everything is about. */
  chart: string | undefined
}): EventWords {
  const { audit } = useMessages()
  const names = new Map(instances.map(({ id, name }) => [id, name]))
  return {
    what: ({ action }) => audit.actions[action],
    who: ({ actorKind, actor }) => (actorKind === 'account' ? actor : audit.actorKinds[actorKind](actor)),
    credential(written) {
      const [kind = '', ...id] = written.split(' ')
      return [Object.entries(audit.credentials).find(([key]) => key === kind)?.[1] ?? kind, ...id].join(' ')
    },
    about({ instanceId, namespace, chart, version, subject }) {
      const place = known === undefined ? [namespace, chart].filter(Boolean).join(' / ') : ''
      const instance = instanceId !== null && instances.length > 0 ? (names.get(instanceId) ?? instanceId) : ''
      return [instance, [place, version].filter(Boolean).join(' '), subject].filter(Boolean).join(' · ')
    },
  }
}
