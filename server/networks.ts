import { BlockList, isIP } from 'node:net'

/** Addresses that belong together: `10.0.0.0/8`, or a single one. */
export interface Network {
  readonly address: string
  /** Bits that all its addresses have in common. */
  readonly prefix: number
  readonly family: 'ipv4' | 'ipv6'
}

/** Reads `192.0.2.1`, `10.0.0.0/8`, `fd00::/8`; null for anything else. */
export function parseNetwork(text: string): Network | null {
  const [, address = '', bits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const version = isIP(address)
  if (version === 0) return null
  const longest = version === 4 ? 32 : 128
  const prefix = bits === undefined ? longest : Number(bits)
  return prefix > longest ? null : { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** Tells whether an address is in one of the networks; IPv4 written as IPv6 is known as such. */
export function networkCheck(networks: readonly Network[]): (address: string) => boolean {
  const list = new BlockList()
  for (const { address, prefix, family } of networks) list.addSubnet(address, prefix, family)
  return (address) => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
  }
}
