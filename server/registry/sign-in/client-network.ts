import { isIPv6 } from 'node:net'

/** An address as throttling sees it. Of IPv6 the first half: who has one such address has all of them. */
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
