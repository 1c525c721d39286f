import type { Client, Way } from '../clients.ts'
import { guideFor } from '../commands.ts'
import type { Guide } from '../guide.ts'
import type { RegistryAddress, Target, TargetChart } from '../target.ts'

/** Digest of the manifest of a `testTarget`, bare. */
export const HEX = 'ab'.repeat(32)

/** What of a target is other than in `testTarget()`. */
export interface Changes {
  readonly address?: Partial<RegistryAddress>
  readonly chart?: Partial<TargetChart>
}

/** Version 1.2.3 of nginx in team, which came by OCI, in an instance at charts.example.org. */
export function testTarget({ address, chart }: Changes = {}): Target {
  return {
    address: { scheme: 'https', host: 'charts.example.org', instance: '', ...address },
    namespace: 'team',
    account: 'admin',
    chart: { name: 'nginx', version: '1.2.3', manifestDigest: `sha256:${HEX}`, door: 'oci', ...chart },
  }
}

/** The text of one step of the guide for it, as it is copied. */
export function textOf(client: Client, way: Way, id: Guide['steps'][number]['id'], changes: Changes = {}): string {
  return guideFor(client, way, testTarget(changes)).steps.find((step) => step.id === id)?.text ?? 'no such step'
}
