import type { Client } from './clients.ts'
import { type RegistryAddress, shellWord } from './target.ts'

/** Signs in at the OCI registry. helm asks for the password. */
export function loginLine(client: Client, address: RegistryAddress, account: string): string {
  return `helm registry login ${address.host} --username ${shellWord(account)}${plainLogin(client, address)}`
}

/** As {@link loginLine}, with the password in it: for machines. */
export function loginLineWith(client: Client, address: RegistryAddress, account: string, password: string): string {
  return `echo ${shellWord(password)} | ${loginLine(client, address, account)} --password-stdin`
}

/** Adds a chart repository, signed in. Without a password helm asks for it. */
export function addRepositoryLine(name: string, url: string, account: string, password?: string): string {
  const secret = password === undefined ? '' : ` --password ${shellWord(password)}`
  return `helm repo add ${name} ${url} --username ${shellWord(account)}${secret}`
}

/**
 * The flag for OCI commands over http, the machine's own address included: Helm 4 does not try http by itself, and
 * Helm 3.21.1 and later do, but without credentials. Helm before 3.8 has no such flag and needs none on its own machine.
 */
export function plainHttp(client: Client, address: RegistryAddress): string {
  return address.scheme === 'http' && (client === 'helm-4' || client === 'helm-3.8') ? ' --plain-http' : ''
}

/** Signing in needs it only with Helm 4; earlier versions, some of which do not have it there, fall back to http. */
function plainLogin(client: Client, address: RegistryAddress): string {
  return client === 'helm-4' ? plainHttp(client, address) : ''
}
