import type { Instance } from '../../contract/ccr/instances.ts'
import type { AuditEvent } from '../../contract/console/audit.ts'
import { useMessages } from '../i18n/use-messages.ts'

interface EventLabels {
  readonly actionOf: (event: AuditEvent) => string
  readonly actorOf: (event: AuditEvent) => string
  /** Takes a credential as the event records it: kind and ID, `access-key 0123…`. */
  readonly credentialOf: (recorded: string) => string
  /** Instance, namespace, chart, version and subject, as far as the event has them. */
  readonly targetOf: (event: AuditEvent) => string
}

/** Texts for the parts of an audit event, in the current language. */
export function useEventLabels({
  instances,
  chart: onlyChart,
}: {
  /** Instances to show by name; without any, events do not name their instance. */
  instances: readonly Pick<Instance, 'id' | 'name'>[]
  /** The chart that all events are about; targets omit its name. */
  chart: string | undefined
}): EventLabels {
  const { audit } = useMessages()
  const names = new Map(instances.map(({ id, name }) => [id, name]))
  return {
    actionOf: ({ action }) => audit.actions[action],
    actorOf: ({ actorKind, actor }) => (actorKind === 'account' ? actor : audit.actorKinds[actorKind](actor)),
    credentialOf(recorded) {
      const [kind = '', ...id] = recorded.split(' ')
      return [Object.entries(audit.credentials).find(([key]) => key === kind)?.[1] ?? kind, ...id].join(' ')
    },
    targetOf({ instanceId, namespace, chart, version, subject }) {
      const place = onlyChart === undefined ? [namespace, chart].filter(Boolean).join(' / ') : ''
      const instance = instanceId !== null && instances.length > 0 ? (names.get(instanceId) ?? instanceId) : ''
      return [instance, [place, version].filter(Boolean).join(' '), subject].filter(Boolean).join(' · ')
    },
  }
}
