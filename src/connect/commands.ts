import { isNamedByOci } from '../../chart/oci-names.ts'
import { argoCd } from './argo-cd.ts'
import { classicClient } from './classic-commands.ts'
import type { Client, Way } from './clients.ts'
import { flux } from './flux.ts'
import type { Guide } from './guide.ts'
import { legacyHelm, ociHelm } from './oci-commands.ts'
import { isLoopback, type Target } from './target.ts'

/** What to type to reach `target` with `client` by one of its ways; or why it cannot be done. */
export function guideFor(client: Client, way: Way, target: Target): Guide {
  const blocked = way === 'oci' ? ociBlock(client, target) : null
  if (blocked) return { blocked, steps: [], notes: [] }
  if (client === 'argo-cd') return argoCd(way, target)
  if (client === 'flux') return flux(way, target)
  if (way === 'classic') return classicClient(client, target)
  return client === 'helm-3' ? legacyHelm(target) : ociHelm(client, target)
}

/** Why OCI is closed to the client or to the chart. */
function ociBlock(client: Client, { address, namespace, chart }: Target): Guide['blocked'] {
  if (chart && !isNamedByOci(namespace, chart.name, chart.version)) return 'name'
  const isOld = client === 'helm-3.7' || client === 'helm-3'
  if (isOld && address.scheme === 'http' && !isLoopback(address)) return 'https'
  return null
}
