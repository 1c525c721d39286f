import type { Protocol } from '../../contract/domain/protocols.ts'

/** Supported clients: versions of helm, newest first, then other tools. */
export const CLIENTS = [
  'helm-4',
  'helm-3.8',
  'helm-3.7',
  'helm-3',
  'helm-2',
  'cm-push',
  'curl',
  'argo-cd',
  'flux',
] as const
export type Client = (typeof CLIENTS)[number]

/** APIs for Helm clients: OCI distribution and the classic chart repository. */
export const CLIENT_PROTOCOLS = ['oci', 'classic'] as const satisfies readonly Protocol[]
export type ClientProtocol = (typeof CLIENT_PROTOCOLS)[number]

const CLASSIC_ONLY: readonly Client[] = ['helm-2', 'cm-push', 'curl']

/** Protocols that the client supports, the preferred one first. */
export function protocolsOf(client: Client): readonly ClientProtocol[] {
  return CLASSIC_ONLY.includes(client) ? ['classic'] : CLIENT_PROTOCOLS
}
