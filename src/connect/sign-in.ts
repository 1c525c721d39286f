import type { Client } from './clients.ts'
import { isLoopback, type RegistryAddress, shellWord } from './target.ts'

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
 * What leaves https away. Helm 4 has no way back from https of its own; those before it take the machine's own address
 * as it is.
 */
export function plainHttp(client: Client, address: RegistryAddress): string {
  return address.scheme === 'http' && (client === 'helm-4' || !isLoopback(address)) ? ' --plain-http' : ''
}

/** Only helm 4 needs it for signing in; those before it try http by themselves. */
function plainLogin(client: Client, address: RegistryAddress): string {
  return client === 'helm-4' ? plainHttp(client, address) : ''
}
