import type { Client, ClientProtocol } from '../clients.ts'
import { guideFor } from '../commands.ts'
import type { Guide } from '../guide.ts'
import type { RegistryAddress, Target, TargetChart } from '../target.ts'

/** Manifest digest of the test target, without `sha256:`. */
export const HEX = 'ab'.repeat(32)

/** Overrides of the test target. */
export interface Changes {
  readonly address?: Partial<RegistryAddress>
  readonly chart?: Partial<TargetChart>
}

/** Version 1.2.3 of nginx in team, pushed over OCI, in an instance at charts.example.org. */
export function testTarget({ address, chart }: Changes = {}): Target {
  return {
    address: { scheme: 'https', host: 'charts.example.org', instance: '', ...address },
    namespace: 'team',
    account: 'admin',
    chart: { name: 'nginx', version: '1.2.3', manifestDigest: `sha256:${HEX}`, protocol: 'oci', ...chart },
  }
}

/** Text of one step for the test target, as copied. */
export function textOf(
  client: Client,
  protocol: ClientProtocol,
  id: Guide['steps'][number]['id'],
  changes: Changes = {},
): string {
  return guideFor(client, protocol, testTarget(changes)).steps.find((step) => step.id === id)?.text ?? 'no such step'
}
