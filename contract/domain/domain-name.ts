const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Names that every machine has for itself (RFC 6761, 6.3; the second by the hosts file of many Linux distributions). */
const LOOPBACK = /(^|\.)(localhost|localhost\.localdomain)$/

/**
 * Whether this is a host name that can lead to an instance: lower case, two labels at least, no port (RFC 1123, 2.1).
 * Names that mean another host for each client are refused: `localhost`, IP addresses, single labels.
 */
export function isDomain(text: string): boolean {
  const labels = text.split('.')
  const isAddress = /^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')
  const isName = text.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label))
  return isName && !isAddress && !LOOPBACK.test(text)
}
