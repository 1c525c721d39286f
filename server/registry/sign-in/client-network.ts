import { isIPv6 } from 'node:net'

/**
 * Returns the network of a client address, by which clients are throttled: an IPv4 address itself, also if mapped into
 * IPv6; the /64 of an IPv6 address, because clients usually have a whole /64.
 */
export function clientNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (!isIPv6(address)) return address
  const [before = '', after] = (address.split('%')[0] ?? '').split('::')
  const head = before === '' ? [] : before.split(':')
  const missing = after === undefined ? 0 : 8 - head.length - (after === '' ? 0 : after.split(':').length)
  const groups = [...head, ...Array<string>(Math.max(missing, 0)).fill('0'), ...(after ?? '').split(':')]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`
}
