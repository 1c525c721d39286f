import { RegistryError } from '../../registry/core/registry-error.ts'
import { findInstanceOfDomain } from '../../registry/instances/domain-queries.ts'
import { findDefaultInstance } from '../../registry/instances/instance-queries.ts'
import type { Context } from '../context.ts'
import { isDomainInUse } from './custom-domains.ts'

/** Address of a Helm client's request: the host, and the ID of the instance if the path or a scope has one. */
export interface InstanceAddress {
  readonly host: string | undefined
  readonly instanceId?: string | undefined
}

/**
 * Returns the ID of the instance that a Helm client's request addresses: the one in the path, else that of the custom
 * domain, else the default one. The ID in the path may not exist. Throws `instance-elsewhere` if the host is the custom
 * domain of another instance than the path names.
 */
export async function addressedInstance(context: Context, address: InstanceAddress): Promise<string> {
  const instance = await instanceAt(context, address)
  if (instance !== null) return instance
  throw new RegistryError('instance-elsewhere', { instance: address.instanceId ?? '', host: address.host ?? '' })
}

/** As {@link addressedInstance}, but returns null when path and custom domain disagree. */
export async function instanceAt(context: Context, { host, instanceId }: InstanceAddress): Promise<string | null> {
  const { read } = context.registry.database
  const domain = domainOf(host)
  const owner = isDomainInUse(domain, context.publicUrl) ? await findInstanceOfDomain(read, domain) : undefined
  if (instanceId !== undefined) return owner === undefined || owner === instanceId ? instanceId : null
  if (owner !== undefined) return owner
  const row = await findDefaultInstance(read)
  if (!row) throw new Error('There is no default instance.')
  return row.id
}

/** Returns the domain of a host as domains are stored: in lower case, without port and final dot. */
function domainOf(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
}
