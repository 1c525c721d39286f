const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Names of the local machine (RFC 6761, 6.3; the second from the hosts file of many Linux distributions). */
const LOOPBACK = /(^|\.)(localhost|localhost\.localdomain)$/

/**
 * Whether `text` is a host name that can be assigned to an instance: lower case, at least two labels, no port (RFC 1123,
 * 2.1). Refuses names that can mean a different host for each client: `localhost`, IP addresses, single labels.
 */
export function isDomain(text: string): boolean {
  const labels = text.split('.')
  const isAddress = /^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')
  const isName = text.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label))
  return isName && !isAddress && !LOOPBACK.test(text)
}
