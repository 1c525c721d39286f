import type { Context } from '../../context.ts'
import { findInstanceOfDomain } from '../../db/domains.ts'
import { findDefaultInstance } from '../../db/instances.ts'

/** Where a request at a Helm door went: its `Host`, and the instance's ID where the path has one. */
export interface DoorAddress {
  readonly host: string | undefined
  readonly instanceId?: string | undefined
}

/**
 * ID of the instance that a request at a Helm door is for: that of the custom domain, else the one in the path, else
 * the default one. Whether there is an instance of the ID in the path is not looked at.
 */
export async function addressedInstance(context: Context, { host, instanceId }: DoorAddress): Promise<string> {
  const { read } = context.registry.database
  const domain = domainOf(host)
  const owner = domain === undefined ? undefined : await findInstanceOfDomain(read, domain)
  if (owner !== undefined) return owner
  if (instanceId !== undefined) return instanceId
  const row = await findDefaultInstance(read)
  if (!row) throw new Error('There is no default instance.')
  return row.id
}

/** The domain in a `Host` header, as domains are kept: in lower case, without the port and a final dot. */
function domainOf(host: string | undefined): string | undefined {
  const name = host?.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
  return name || undefined
}
