import type { Door } from '../../contract/console/versions.ts'

/** What the commands are about, and who types them. */
export interface Target {
  readonly address: RegistryAddress
  readonly namespace: string
  /** Name to sign in with. */
  readonly account: string
  /** Without it the commands have CHART and VERSION to be filled in. */
  readonly chart: TargetChart | null
}

export interface TargetChart {
  readonly name: string
  readonly version: string
  /** `sha256:…`; null where it is not known. */
  readonly manifestDigest: string | null
  /** By which door this version came; null where it is not known. */
  readonly door: Door | null
}

/** Where an instance is. */
export interface RegistryAddress {
  readonly scheme: 'http' | 'https'
  /** `host[:port]`. */
  readonly host: string
  /** `ccr-…`, or empty where the host alone leads to the instance. */
  readonly instance: string
}

/** Reads the address of an instance as the registry tells it: `host[:port][/ccr-…]`, and the scheme of its own. */
export function registryAddress(publicUrl: string, instanceUrl: string): RegistryAddress {
  const [host = '', instance = ''] = instanceUrl.split('/')
  return { scheme: publicUrl.startsWith('http:') ? 'http' : 'https', host, instance }
}

/** What `oci://` is followed by: `host[/ccr-…]/namespace`. */
export function ociPath({ host, instance }: RegistryAddress, namespace: string): string {
  return [host, instance, namespace].filter(Boolean).join('/')
}

/** The classic chart repository of a namespace. */
export function repositoryUrl({ scheme, host, instance }: RegistryAddress, namespace: string): string {
  return `${scheme}://${[host, instance, 'chartrepo', namespace].filter(Boolean).join('/')}`
}

/** Where the classic chart repository takes charts. */
export function uploadUrl({ scheme, host, instance }: RegistryAddress, namespace: string): string {
  return `${scheme}://${[host, 'api', instance, 'chartrepo', namespace, 'charts'].filter(Boolean).join('/')}`
}

/** Whether clients that insist on https make an exception for it. */
export function isLoopback({ host }: RegistryAddress): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)
}

/** A name as Kubernetes and releases of helm want it (RFC 1123): `My_Chart` is `my-chart`. */
export function resourceName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 53)
    .replaceAll(/^-+|-+$/g, '')
  return plain || 'release'
}

/** A word of a shell's line. What a chart is called may be anything. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
