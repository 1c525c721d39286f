import type { Protocol } from '../../contract/domain/protocols.ts'

/** Namespace or chart that the commands refer to, and the account that runs them. */
export interface Target {
  readonly address: RegistryAddress
  readonly namespace: string
  /** Login name. */
  readonly account: string
  /** If null, the commands contain the placeholders CHART and VERSION. */
  readonly chart: TargetChart | null
}

export interface TargetChart {
  readonly name: string
  readonly version: string
  /** `sha256:…`; null if unknown. */
  readonly manifestDigest: string | null
  /** API through which this version was pushed; null if unknown. */
  readonly protocol: Protocol | null
}

/** Public address of an instance. */
export interface RegistryAddress {
  readonly scheme: 'http' | 'https'
  /** `host[:port]`. */
  readonly host: string
  /** `ccr-…`; empty if the host alone identifies the instance. */
  readonly instance: string
}

/** Parses an instance's address, `host[:port][/ccr-…]`. The scheme is that of the registry's own `publicUrl`. */
export function registryAddress(publicUrl: string, instanceUrl: string): RegistryAddress {
  const [host = '', instance = ''] = instanceUrl.split('/')
  return { scheme: publicUrl.startsWith('http:') ? 'http' : 'https', host, instance }
}

/** The part of an OCI URL after `oci://`: `host[/ccr-…]/namespace`. */
export function ociPath({ host, instance }: RegistryAddress, namespace: string): string {
  return [host, instance, namespace].filter(Boolean).join('/')
}

/** URL of the classic chart repository of a namespace; of all namespaces if it is empty. */
export function repositoryUrl({ scheme, host, instance }: RegistryAddress, namespace: string): string {
  return `${scheme}://${[host, instance, 'chartrepo', namespace].filter(Boolean).join('/')}`
}

/** URL to which the classic API accepts chart uploads. */
export function uploadUrl({ scheme, host, instance }: RegistryAddress, namespace: string): string {
  return `${scheme}://${[host, 'api', instance, 'chartrepo', namespace, 'charts'].filter(Boolean).join('/')}`
}

/** Whether clients that require https make an exception for the host. */
export function isLoopback({ host }: RegistryAddress): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)
}

/** Converts a name to one that is valid in Kubernetes and for helm releases (RFC 1123): `My_Chart` to `my-chart`. */
export function resourceName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 53)
    .replaceAll(/^-+|-+$/g, '')
  return plain || 'release'
}

/** Quotes text as one shell word where needed. Chart names may contain any character. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
