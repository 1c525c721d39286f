import { STATUS_CODES } from 'node:http'
import type { RegistryError } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import type { HttpContext } from '../http-env.ts'

/** Maximum length of a reason phrase, in characters. */
const MAX_LENGTH = 200

/** ASCII spellings of punctuation in the messages. */
const PLAIN: Readonly<Record<string, string>> = { '“': '"', '”': '"', '‘': "'", '’': "'", '–': '-', '…': '...' }

/**
 * Adds the message of an error to the status line, which is all that helm before 3.18 prints. In English, because the
 * status line is ASCII. Does nothing without a listener.
 */
export function setReason(c: HttpContext, status: number, error: RegistryError): void {
  const outgoing = c.env?.outgoing
  // HTTP/2 has no reason phrase.
  if (outgoing && 'statusMessage' in outgoing) outgoing.statusMessage = reasonPhrase(status, error)
}

/** Returns `Forbidden: ` and the message, as one line of printable ASCII: Node throws on anything else. */
export function reasonPhrase(status: number, error: RegistryError): string {
  const words = STATUS_CODES[status] ?? 'Refused'
  return `${words}: ${errorMessage(error, 'en-US')}`
    .replace(/[“”‘’–…]/g, (mark) => PLAIN[mark] ?? '?')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/gu, '?')
    .slice(0, MAX_LENGTH)
    .trim()
}
