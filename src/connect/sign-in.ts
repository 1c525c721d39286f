import type { Client } from './clients.ts'
import { type RegistryAddress, shellWord } from './target.ts'

/** Command that signs in to the OCI registry. helm prompts for the password. */
export function loginLine(client: Client, address: RegistryAddress, account: string): string {
  return `helm registry login ${address.host} --username ${shellWord(account)}${plainLogin(client, address)}`
}

/** Command that signs in to the OCI registry with the given password, for scripts. */
export function loginLineWithPassword(
  client: Client,
  address: RegistryAddress,
  account: string,
  password: string,
): string {
  return `echo ${shellWord(password)} | ${loginLine(client, address, account)} --password-stdin`
}

/** Command that adds a chart repository with credentials. Without a password, helm prompts for it. */
export function addRepositoryLine(name: string, url: string, account: string, password?: string): string {
  const secret = password === undefined ? '' : ` --password ${shellWord(password)}`
  return `helm repo add ${name} ${url} --username ${shellWord(account)}${secret}`
}

/**
 * Flag for OCI commands over http, on loopback too: Helm 4 does not try http by itself, and Helm 3.21.1 and later do,
 * but without credentials. Helm before 3.8 has no such flag and needs none on loopback.
 */
export function plainHttp(client: Client, address: RegistryAddress): string {
  return address.scheme === 'http' && (client === 'helm-4' || client === 'helm-3.8') ? ' --plain-http' : ''
}

/** Only Helm 4 needs the flag for login. Earlier versions fall back to http, and some do not accept the flag there. */
function plainLogin(client: Client, address: RegistryAddress): string {
  return client === 'helm-4' ? plainHttp(client, address) : ''
}
