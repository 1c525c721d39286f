import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { reasonPhrase } from './reason-phrase.ts'

const immutable = (chart: string) =>
  new RegistryError('version-immutable', { chart, version: '1.0.0', namespace: 'team' })

test('begins with the standard phrase, then states the reason', () => {
  expect(reasonPhrase(409, immutable('nginx'))).toBe(
    'Conflict: Version 1.0.0 of chart "nginx" exists, and the namespace "team" is immutable: it cannot be replaced. Publish it under a new version.',
  )
})

test.each([
  ['line breaks', 'a\r\nSet-Cookie: b'],
  ['letters outside ASCII', '图表'],
  ['control characters', '\u0000\u0007\u007f\u0085'],
  ['lone surrogates', '\ud83d'],
  ['very long names', 'x'.repeat(5000)],
  ['astral characters', '🚀'.repeat(300)],
])('%s become at most 200 printable ASCII characters on one line', async (_, name) => {
  const reason = reasonPhrase(409, immutable(name))
  expect(reason).toMatch(/^Conflict: [\x20-\x7e]{1,190}$/)
  expect(await carried(reason)).toBe(reason)
})

test('uses a default phrase for a non-standard status', () => {
  expect(reasonPhrase(499, new RegistryError('not-allowed'))).toMatch(/^Refused: You have no permission/)
})

/** Sends the reason over HTTP and returns it as a client reads it. */
async function carried(reason: string): Promise<string | undefined> {
  const server = createServer((_incoming, outgoing) => void outgoing.writeHead(409, reason).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other kind of address
  try {
    return await new Promise((resolve, reject) => {
      const outgoing = request({ port, host: '127.0.0.1', agent: false }, (answer) => {
        answer.resume()
        resolve(answer.statusMessage)
      })
      outgoing.on('error', reject).end()
    })
  } finally {
    server.close()
  }
}
