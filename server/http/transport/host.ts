import { isIPv4, isIPv6 } from 'node:net'

const SHAPE = /^(?:([a-z0-9_.-]+)|\[([0-9a-f:.]+)\])(?::(\d{1,5}))?$/i
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i

/**
 * Whether `text` is a valid `Host`: a name, an IPv4 address or an IPv6 address in brackets, with or without a port. Names
 * are ASCII and may have underscores, as those of containers do, and a final dot.
 * Source: RFC 9110, 7.2; RFC 3986, 3.2.2, without user information and percent-encoding.
 */
export function isHost(text: string): boolean {
  const [, name, address, port = '0'] = SHAPE.exec(text) ?? []
  if (Number(port) > 65_535) return false
  return name === undefined ? address !== undefined && isIPv6(address) : isName(name)
}

function isName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.')
  // URL parsers read names that end in a number as addresses: 0x7f.1 is 127.0.0.1.
  if (/^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? '')) return isIPv4(text)
  return text.length <= 254 && labels.every((label) => LABEL.test(label))
}
