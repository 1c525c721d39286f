import type { Protocol } from '../../../contract/domain/protocols.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Api } from '../api.ts'
import { refuseForeignOrigin } from '../authentication/origin.ts'
import type { Context } from '../context.ts'
import { addressedInstance } from './addressed-instance.ts'
import { helmCaller } from './helm-caller.ts'

/** Access to the APIs of Helm clients: anyone may read public namespaces; others need a password or token. */
export function helmAccess(
  context: Context,
  protocol: Protocol,
): Omit<Api, 'app' | 'context' | 'pathsOf' | 'subjectOf' | 'checkScopes'> {
  return {
    opensPublicNamespaces: true,
    protocolOf: () => protocol,
    addressedInstance: (http, instanceId) => addressedInstance(context, { host: http.get('client').host, instanceId }),
    authenticate: async (http, _needs, instance) => {
      refuseForeignOrigin(http, context.publicUrl)
      return helmCaller(http, context, instance)
    },
    denial: (_http, caller, _needs, place) => {
      if (caller.kind === 'anonymous') return new RegistryError('credential-missing')
      const { instance } = caller.credential
      const isElsewhere = instance !== undefined && instance !== place?.instance
      return new RegistryError(isElsewhere ? 'credential-elsewhere' : 'not-allowed')
    },
  }
}
