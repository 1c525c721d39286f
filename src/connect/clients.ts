/** What people reach the registry with, newest first, and then what is no helm. */
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

/** The ways in: OCI distribution, and the classic chart repository. */
export const WAYS = ['oci', 'classic'] as const
export type Way = (typeof WAYS)[number]

const CLASSIC_ALONE: readonly Client[] = ['helm-2', 'cm-push', 'curl']

/** The ways that a client knows, the better one first. */
export function waysOf(client: Client): readonly Way[] {
  return CLASSIC_ALONE.includes(client) ? ['classic'] : WAYS
}
