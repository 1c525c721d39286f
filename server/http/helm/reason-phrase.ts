import { STATUS_CODES } from 'node:http'
import type { RegistryError } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import type { HttpContext } from '../http-env.ts'

/** Characters of a reason phrase at most. */
const LONGEST = 200

/** What the messages use that ASCII has another spelling for. */
const PLAIN: Readonly<Record<string, string>> = { '“': '"', '”': '"', '‘': "'", '’': "'", '–': '-', '…': '...' }

/**
 * Puts why a request was refused into the status line, after the usual words: helm before 3.18 prints that line and
 * nothing of the body. In English: it takes ASCII only. Does nothing where there is no listener.
 */
export function setReason(c: HttpContext, status: number, error: RegistryError): void {
  const outgoing = c.env?.outgoing
  // HTTP/2 has no reason phrase.
  if (outgoing && 'statusMessage' in outgoing) outgoing.statusMessage = reasonPhrase(status, error)
}

/** `Forbidden: ` and the message: printable ASCII on one line, anything else would end the process. */
export function reasonPhrase(status: number, error: RegistryError): string {
  const words = STATUS_CODES[status] ?? 'Refused'
  return `${words}: ${errorMessage(error, 'en-US')}`
    .replace(/[“”‘’–…]/g, (mark) => PLAIN[mark] ?? '?')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/gu, '?')
    .slice(0, LONGEST)
    .trim()
}
