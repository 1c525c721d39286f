import { isNamedByOci } from '../../chart/oci-names.ts'
import { argoCd } from './argo-cd.ts'
import { classicClient } from './classic-commands.ts'
import type { Client, ClientProtocol } from './clients.ts'
import { flux } from './flux.ts'
import type { Guide } from './guide.ts'
import { legacyHelm, ociHelm } from './oci-commands.ts'
import { isLoopback, type Target } from './target.ts'

/** Returns the commands to use `target` with `client` over `protocol`, or the reason why they would not work. */
export function guideFor(client: Client, protocol: ClientProtocol, target: Target): Guide {
  const blocked = protocol === 'oci' ? ociBlock(client, target) : null
  if (blocked) return { blocked, steps: [], notes: [] }
  if (client === 'argo-cd') return argoCd(protocol, target)
  if (client === 'flux') return flux(protocol, target)
  if (protocol === 'classic') return classicClient(client, target)
  return client === 'helm-3' ? legacyHelm(target) : ociHelm(client, target)
}

/** Returns the reason why the client or the chart cannot use OCI; null if they can. */
function ociBlock(client: Client, { address, namespace, chart }: Target): Guide['blocked'] {
  if (chart && !isNamedByOci(namespace, chart.name, chart.version)) return 'name'
  const isOld = client === 'helm-3.7' || client === 'helm-3'
  if (isOld && address.scheme === 'http' && !isLoopback(address)) return 'https'
  return null
}
